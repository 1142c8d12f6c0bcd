extension Directory {
    /// Copies a file; a kind of directory that can give it a second name does that instead.
    public func link(_ name: String, into other: any Directory) throws(IndexError) {
        try copy(name, into: other)
    }

    /// Unknown where a kind of directory does not tell.
    public func totalByteCount() throws(IndexError) -> Int { 0 }

    /// Writes the bytes of a file into another directory under the same name, and syncs them.
    ///
    /// The other directory is left to the caller to sync.
    ///
    /// - Requires: nobody writes to the file meanwhile.
    public func copy(_ name: String, into other: any Directory) throws(IndexError) {
        let step = 1 << 20
        let file = try map(name)
        try other.place(name) { output throws(IndexError) -> Void? in
            var start = 0
            while start < file.count {
                let end = min(file.count, start + step)
                try output.write(UnsafeRawBufferPointer(rebasing: file.bytes[start..<end]))
                start = end
            }
            return ()
        }
    }
}
