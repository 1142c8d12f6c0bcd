import Glibc

/// The bytes of a file in memory, read only, as long as somebody holds this.
///
/// A file that a commit names is never changed, so its bytes are as constant as those of an array.
/// Removing the file takes its name, not its bytes.
///
/// `@unchecked Sendable`: the bytes are written before `init` returns and only read after; the
/// pointer is freed in `deinit`, when no other thread can hold a reference.
public final class MappedFile: @unchecked Sendable {
    /// The name of the file in its directory.
    public let name: String
    /// The bytes; aligned to 64 at least, and valid only while somebody holds this.
    let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// The length in bytes.
    public var count: Int { bytes.count }

    /// A file of which the bytes are copied, for directories that are not on a disk.
    public init(name: String, copying source: [UInt8]) {
        self.name = name
        isMapped = false
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
        copy.copyBytes(from: source)
        bytes = UnsafeRawBufferPointer(copy)
    }

    /// Takes over a mapping made by `mmap`; `nil` base for an empty file.
    init(name: String, mapping: UnsafeRawBufferPointer) {
        self.name = name
        isMapped = true
        bytes = mapping
    }

    deinit {
        guard let base = bytes.baseAddress else { return }
        if isMapped {
            // Only fails for a range that is not mapped; there is nobody to tell in any case.
            munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
        } else {
            bytes.deallocate()
        }
    }

    /// Gives the pages that were read back to the system, for a pass that comes again much later.
    ///
    /// The bytes stay as they are: a page is mapped again when it is read.
    func releasePages() {
        guard isMapped, let base = bytes.baseAddress else { return }
        // Advice: where it is not taken the pages only stay longer.
        madvise(UnsafeMutableRawPointer(mutating: base), bytes.count, MADV_DONTNEED)
    }

    /// A cursor over the whole file.
    func reader() -> ByteReader { ByteReader(file: self, range: 0..<count) }

    /// An error about a place in this file.
    func corrupt(at byteOffset: Int, _ reason: String) -> IndexError {
        .corrupt(file: name, byteOffset: byteOffset, reason: reason)
    }
}
