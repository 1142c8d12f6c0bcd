import ArgumentParser
import Glibc
import TextAnalysis

/// `izde-bench language-model`: learns the tables by which languages are told apart.
///
/// Writes `ngrams.tsv` for each language, `ngrams-latin.tsv` for Kazakh, and `sure-words.txt` for
/// Kazakh and Russian. A file is weighted by a number behind a colon; sentences of the files given
/// by `--without` are left out, so that what is measured is not learnt.
struct LanguageModelTraining: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "language-model",
        abstract: "Learns the tables by which languages are told apart.")

    @Option(parsing: .upToNextOption, help: "Kazakh texts (FILE or FILE:WEIGHT).")
    var kk: [String]

    @Option(parsing: .upToNextOption, help: "Russian texts.")
    var ru: [String]

    @Option(parsing: .upToNextOption, help: "English texts.")
    var en: [String]

    @Option(parsing: .upToNextOption, help: "Texts whose sentences must not be learnt.")
    var without: [String] = []

    @Option(help: "Folder of the language tables.")
    var out: String

    /// Most n-grams of one table.
    static let tableSize = 9000
    /// Words that the shares are multiplied with to give counts.
    static let sample = 400_000.0

    func run() throws {
        var heldOut: Set<String> = []
        for path in without {
            for language in ["kk", "ru", "en"] {
                for sentence in try TextLines.sentences(path, language: language) {
                    let key = WordFrequencies.key(sentence)
                    if key.utf8.count > 20 { heldOut.insert(key) }
                }
            }
        }
        let kazakh = try frequencies(kk, "kk", without: heldOut)
        let russian = try frequencies(ru, "ru", without: heldOut)
        let english = try frequencies(en, "en", without: heldOut)
        let isCyrillic = { (word: String) in word.allSatisfy { ("а"..."ӿ").contains($0) } }
        let isLatin = { (word: String) in word.allSatisfy { ("a"..."z").contains($0) } }
        try write(
            ngrams(kazakh.all.filter { isCyrillic($0.key) }), "kk/ngrams.tsv", "Kazakh")
        try write(
            ngrams(russian.all.filter { isCyrillic($0.key) }), "ru/ngrams.tsv", "Russian")
        try write(ngrams(english.all.filter { isLatin($0.key) }), "en/ngrams.tsv", "English")
        var latin: [String: Double] = [:]
        for (word, share) in kazakh.all where isCyrillic(word) {
            let spellings = SpellingsOfKazakh.latin(Array(word))
            for spelling in spellings {
                latin[String(spelling), default: 0] += share / Double(spellings.count)
            }
        }
        try write(ngrams(latin), "kk/ngrams-latin.tsv", "Kazakh in Latin letters")
        try writeSureWords(kazakh, russian)
    }

    private func frequencies(
        _ files: [String], _ language: String, without: Set<String>
    ) throws -> WordFrequencies {
        var frequencies = WordFrequencies()
        for file in files {
            let parts = file.split(separator: ":")
            let weight = parts.count == 2 ? Double(parts[1]) ?? 1 : 1
            try frequencies.add(
                String(parts[0]), weight: weight, language: language, without: without)
        }
        frequencies.normalize()
        return frequencies
    }

    /// Counts of the most frequent n-grams in a sample of words.
    private func ngrams(_ words: [String: Double]) -> [(ngram: String, count: Int)] {
        var counts: [String: Double] = [:]
        for (word, share) in words {
            let letters = ["_"] + Array(word) + ["_"]
            for end in 1..<letters.count {
                for length in 1...3 where end - length + 1 >= 0 {
                    counts[String(letters[end - length + 1...end]), default: 0] += share
                }
            }
        }
        return
            counts
            .map { (ngram: $0.key, count: Int(($0.value * Self.sample).rounded())) }
            .filter { $0.count > 0 }
            .sorted { ($1.count, $0.ngram) < ($0.count, $1.ngram) }
            .prefix(Self.tableSize)
            .sorted { $0.ngram < $1.ngram }
    }

    private func write(
        _ ngrams: [(ngram: String, count: Int)], _ name: String, _ language: String
    ) throws {
        var text = "# \(language): n-grams of letters and their counts among "
        text += "\(Int(Self.sample)) words,\n# learnt by `izde-bench language-model`.\n"
        for (ngram, count) in ngrams { text += "\(ngram)\t\(count)\n" }
        try save(text, name)
    }

    func save(_ text: String, _ name: String) throws {
        let path = "\(out)/\(name)"
        guard let file = fopen(path, "w") else {
            throw BenchCorpus.Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else {
            throw BenchCorpus.Failure(description: "\(path): cannot be written")
        }
    }
}
