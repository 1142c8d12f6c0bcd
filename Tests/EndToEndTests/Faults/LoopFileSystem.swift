import Foundation
import TestSupport

/// A real file system in a file, mounted through a loop device, of which the power can be cut.
final class LoopFileSystem {
    enum Kind: String, CaseIterable, Sendable {
        case ext4, xfs

        /// The options of ext4 keep nothing safe that was not synced.
        var options: String {
            switch self {
            case .ext4: "loop,noauto_da_alloc,data=writeback,commit=1000"
            case .xfs: "loop"
            }
        }

        var program: String { "mkfs.\(rawValue)" }
        var formatting: [String] { self == .ext4 ? ["-qF"] : ["-qf"] }
    }

    /// Why this machine cannot do it; `nil` if it can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "power cuts need root" }
        for program in ["mount", "umount"] + Kind.allCases.map(\.program)
        where !ChildProcess.isInstalled(program) {
            return "\(program) is not installed"
        }
        do {
            // Containers may be root and yet not allowed to mount.
            _ = try LoopFileSystem(.ext4, byteCount: 16 << 20)
            return nil
        } catch {
            return "\(error)"
        }
    }()

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where it is mounted.
    let path: String
    private let folder: TemporaryDirectory
    private let kind: Kind
    private var isMounted = false

    /// Formats and mounts.
    init(_ kind: Kind, byteCount: Int = 320 << 20) throws {
        self.kind = kind
        folder = try TemporaryDirectory()
        path = "\(folder.path)/mounted"
        guard mkdir(path, 0o700) == 0,
            creat("\(folder.path)/image", 0o600).closed,
            truncate("\(folder.path)/image", off_t(byteCount)) == 0
        else { throw Failure(description: "an image cannot be made") }
        try run(kind.program, kind.formatting + ["\(folder.path)/image"])
        try mount()
    }

    deinit { unmount() }

    func mount() throws {
        try run("mount", ["-t", kind.rawValue, "-o", kind.options, "\(folder.path)/image", path])
        isMounted = true
    }

    /// Ends the file system at this moment: what was not synced never reaches the image.
    func cutPower() throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(description: "open: \(errno)") }
        defer { close(descriptor) }
        // FS_IOC_SHUTDOWN with FS_SHUTDOWN_FLAGS_NOLOGFLUSH.
        var flags: UInt32 = 2
        guard ioctl(descriptor, 0x8004_587D, &flags) == 0 else {
            throw Failure(description: "FS_IOC_SHUTDOWN: \(String(cString: strerror(errno)))")
        }
    }

    /// Mounts what the image has, as after the power came back.
    func restorePower() throws {
        unmount()
        try mount()
    }

    private func unmount() {
        guard isMounted else { return }
        // The process that was killed may hold it for a moment longer.
        for _ in 0..<500 {
            if (try? run("umount", [path])) != nil {
                isMounted = false
                return
            }
            usleep(10_000)
        }
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let (status, text) = try ChildProcess.run(program, arguments, scratch: folder.path)
        guard status == 0 else { throw Failure(description: "\(program): \(status) \(text)") }
    }
}

extension Int32 {
    /// Whether this was a descriptor, which is closed now.
    fileprivate var closed: Bool { self >= 0 && close(self) == 0 }
}
