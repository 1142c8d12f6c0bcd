extension Directory {
    /// Writes a file under a temporary name, syncs it and gives it its name.
    ///
    /// This directory is left to the caller to sync. Where anything fails, or `body` returns `nil`
    /// because it was told to stop, the temporary file is removed.
    @discardableResult
    func place<Result>(
        _ name: String, _ body: (any OutputFile) throws(IndexError) -> Result?
    ) throws(IndexError) -> Result? {
        let temporary = "\(name).tmp"
        let output = try createFile(named: temporary)
        do throws(IndexError) {
            guard let result = try body(output) else {
                try output.close()
                try remove(temporary)
                return nil
            }
            try output.sync()
            try output.close()
            try rename(temporary, to: name)
            return result
        } catch {
            removeLeftover(temporary)
            throw error
        }
    }

    /// Removes a temporary file after an error, which is the one to tell; where that fails too,
    /// opening the index removes the file.
    func removeLeftover(_ name: String) {
        do throws(IndexError) { try remove(name) } catch _ {}
    }
}
