import Glibc
import InvertedIndex

extension FaultyDirectory {
    /// A file that is being written; each call is an operation that may go wrong.
    final class File: OutputFile {
        private let directory: FaultyDirectory
        private let inode: Int
        private let name: String
        private(set) var byteCount: Int

        init(directory: FaultyDirectory, inode: Int, name: String, byteCount: Int) {
            self.directory = directory
            self.inode = inode
            self.name = name
            self.byteCount = byteCount
        }

        func write(_ bytes: RawSpan) throws(IndexError) {
            let written = bytes.withUnsafeBytes { [UInt8]($0) }
            let offset = byteCount
            try directory.perform(
                "write", name,
                failing: { [inode] state in
                    let half = Array(written.prefix(written.count / 2))
                    Self.change(&state.inodes[inode], .write(offset: offset, half))
                },
                { [inode, name] state -> Result<Void, IndexError> in
                    let used = state.names.values.reduce(0) { $0 + state.inodes[$1].bytes.count }
                    if let capacity = state.capacity, used + written.count > capacity {
                        let room = Array(written.prefix(max(0, capacity - used)))
                        Self.change(&state.inodes[inode], .write(offset: offset, room))
                        return .failure(FaultyDirectory.error("write", name, ENOSPC))
                    }
                    Self.change(&state.inodes[inode], .write(offset: offset, written))
                    return .success(())
                }
            ).get().get()
            byteCount += written.count
        }

        func sync() throws(IndexError) {
            try directory.perform(
                "fdatasync", name,
                failing: { [inode] in $0.inodes[inode].lostBytes = !$0.isOff },
                { [inode] state in
                    guard !state.inodes[inode].lostBytes else { return }
                    state.inodes[inode].durable = state.inodes[inode].bytes
                    state.inodes[inode].unsynced = []
                }
            ).get()
        }

        func truncate(to byteCount: Int) throws(IndexError) {
            try directory.perform("ftruncate", name) { [inode] in
                Self.change(&$0.inodes[inode], .truncate(byteCount))
            }.get()
            self.byteCount = byteCount
        }

        func preallocate(byteCount: Int) throws(IndexError) {
            try directory.perform("fallocate", name) { [inode] in
                Self.change(&$0.inodes[inode], .extend(byteCount))
            }.get()
        }

        func close() throws(IndexError) {
            try directory.perform("close", name) { _ in }.get()
        }

        private static func change(_ inode: inout Inode, _ change: Change) {
            change.apply(to: &inode.bytes)
            inode.unsynced.append(change)
        }
    }
}
