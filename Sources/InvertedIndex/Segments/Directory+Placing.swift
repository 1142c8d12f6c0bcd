extension Directory {
    /// Writes a file under a temporary name, syncs it and gives it its name; this directory is
    /// left to the caller to sync. Where anything fails the temporary file is removed.
    func place<Result>(
        _ name: String, _ body: (any OutputFile) throws(IndexError) -> Result
    ) throws(IndexError) -> Result {
        let temporary = "\(name).tmp"
        let output = try createFile(named: temporary)
        do throws(IndexError) {
            let result = try body(output)
            try output.sync()
            try output.close()
            try rename(temporary, to: name)
            return result
        } catch {
            // The first error is the one to tell; a *.tmp left behind is removed at opening.
            do throws(IndexError) { try remove(temporary) } catch _ {}
            throw error
        }
    }
}
