import JSON

/// How often words occur in texts, as shares of all words.
struct WordFrequencies {
    /// Shares of words in small letters, wherever they stand.
    private(set) var all: [String: Double] = [:]
    /// Shares of words written in small letters: no names.
    private(set) var small: [String: Double] = [:]

    /// Adds the words of a file, weighted as a whole.
    ///
    /// - Parameters:
    ///   - path: `.jsonl` (its `title` and `body` in `language`), `.tsv` (word and count), or text.
    ///   - weight: What the words of the file count together.
    ///   - language: The code of the language.
    ///   - without: Sentences, as `key` makes them, that are not counted.
    /// - Throws: If the file cannot be read.
    mutating func add(
        _ path: String, weight: Double, language: String, without: Set<String>
    ) throws {
        var counts: [String: Double] = [:]
        var smallCounts: [String: Double] = [:]
        if path.hasSuffix(".tsv") {
            for line in try TextLines.read(path).dropFirst() {
                let columns = line.split(separator: "\t")
                guard columns.count == 2, let count = Double(columns[1]) else { continue }
                for word in Self.words(columns[0]) {
                    counts[Self.folded(word), default: 0] += count
                }
            }
        } else {
            for sentence in try TextLines.sentences(path, language: language)
            where without.isEmpty || !without.contains(Self.key(sentence)) {
                for word in Self.words(sentence) {
                    let folded = Self.folded(word)
                    counts[folded, default: 0] += 1
                    if word.first?.isLowercase == true { smallCounts[folded, default: 0] += 1 }
                }
            }
        }
        let total = counts.values.reduce(0, +)
        guard total > 0 else { return }
        for (word, count) in counts { all[word, default: 0] += count / total * weight }
        for (word, count) in smallCounts { small[word, default: 0] += count / total * weight }
    }

    /// Makes shares of all words again.
    mutating func normalize() {
        let total = all.values.reduce(0, +)
        guard total > 0 else { return }
        all = all.mapValues { $0 / total }
        small = small.mapValues { $0 / total }
    }

    /// A sentence without its marks and capitals, to know it again.
    static func key(_ sentence: Substring) -> String {
        words(sentence).map(folded).joined(separator: " ")
    }

    private static func folded(_ word: Substring) -> String {
        String(word.lowercased().map { $0 == "ё" ? "е" : $0 })
    }

    private static func words(_ text: Substring) -> [Substring] {
        text.split { !($0.isLetter || $0 == "'") }
    }
}

/// The lines and sentences of training files.
enum TextLines {
    static func read(_ path: String) throws -> [Substring] {
        let file = try BenchCorpus(path: path)
        var lines: [Substring] = []
        for part in file.parts(1) {
            file.forEachLine(in: part) { line in
                lines.append(Substring(String(decoding: Array(copying: line), as: UTF8.self)))
            }
        }
        return lines
    }

    /// The sentences of a file, roughly.
    static func sentences(_ path: String, language: String) throws -> [Substring] {
        var texts = try read(path)
        if path.hasSuffix(".jsonl") {
            let reader = JSONReader()
            texts = try texts.flatMap { line -> [Substring] in
                let value = try reader.read(Array(line.utf8).span)
                guard (value["lang"]?.string ?? language) == language else { return [] }
                return ["title", "body"].compactMap { value[$0]?.string.map { Substring($0) } }
            }
        }
        var sentences: Set<Substring> = []
        for text in texts {
            var start = text.startIndex
            var index = start
            while index < text.endIndex {
                let isEnd = text[index].isNewline || ".!?".contains(text[index])
                index = text.index(after: index)
                if isEnd {
                    sentences.insert(text[start..<index])
                    start = index
                }
            }
            sentences.insert(text[start...])
        }
        return Array(sentences)
    }
}

extension Array where Element == UInt8 {
    /// A copy of bytes.
    init(copying span: Span<UInt8>) {
        self.init()
        reserveCapacity(span.count)
        for index in span.indices { append(span[index]) }
    }
}
