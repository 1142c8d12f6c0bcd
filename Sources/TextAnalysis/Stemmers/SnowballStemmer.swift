import CStemmer

/// One Snowball stemmer of libstemmer; not thread-safe.
final class SnowballStemmer {
    private let handle: OpaquePointer

    /// Opens the algorithm of a language by its English name.
    init(algorithm: String) throws(AnalysisError) {
        guard let handle = sb_stemmer_new(algorithm, "UTF_8") else {
            throw .unavailable(part: "the \(algorithm) stemmer of libstemmer", code: 0)
        }
        self.handle = handle
    }

    deinit {
        sb_stemmer_delete(handle)
    }

    /// Appends the stem of a folded word.
    func stem(_ word: [UInt8], into output: inout [UInt8]) {
        word.withUnsafeBufferPointer { bytes in
            // libstemmer answers NULL only when it lacks memory: the word is its own stem then.
            guard let stem = sb_stemmer_stem(handle, bytes.baseAddress, Int32(bytes.count)) else {
                output.append(contentsOf: bytes)
                return
            }
            let length = Int(sb_stemmer_length(handle))
            output.append(contentsOf: UnsafeBufferPointer(start: stem, count: length))
        }
    }
}
