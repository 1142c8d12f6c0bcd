import Glibc

/// One fuzz target: a program that libFuzzer feeds with bytes until a property fails.
///
/// Mark the conforming type with `@main`. A trap, a failed `hold`, a memory error, an input that
/// takes longer than the limit of time or more than the limit of memory is a finding.
public protocol FuzzTarget {
    /// Makes what all inputs share; called once.
    init() throws

    /// Tries one input.
    func run(_ input: [UInt8]) throws
}

extension FuzzTarget {
    /// Hands the program over to libFuzzer, with the arguments of the command line.
    public static func main() {
        do {
            let target = try Self()
            body = { input in try target.run(input) }
        } catch {
            fatalError("the target cannot be prepared: \(error)")
        }
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runDriver(&count, &arguments, testOneInput))
    }
}

/// What the target does with an input.
///
/// Written once, before libFuzzer calls anything; libFuzzer calls from the same thread.
private nonisolated(unsafe) var body: (([UInt8]) throws -> Void)?

/// The entry that libFuzzer asks for by this name.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try body?([UInt8](UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
        fatalError("an error that the target does not expect: \(error)")
    }
    return 0
}

/// libFuzzer's own loop, for programs that bring their own `main`.
///
/// - Source: LLVM, compiler-rt/include/fuzzer/FuzzerInterface.h and «Using libFuzzer as a library».
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Ends the run with a finding where a property does not hold, in builds for release as well.
public func hold(_ condition: Bool, _ property: @autoclosure () -> String) {
    if !condition { fatalError("does not hold: \(property())") }
}
