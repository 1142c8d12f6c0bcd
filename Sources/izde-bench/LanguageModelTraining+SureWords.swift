import Glibc
import TextAnalysis

/// Words whose letters alone mislead about their language.
extension LanguageModelTraining {
    /// Writes the words that are frequent in one language and whose letters do not say so, and, in
    /// both files, the words that both languages use: loans.
    func writeSureWords(_ kazakh: WordFrequencies, _ russian: WordFrequencies) throws {
        var tables = AnalysisTables(languages: [
            .kazakh: LanguageTables(), .russian: LanguageTables(),
        ])
        for language in [Language.kazakh, .russian] {
            let lines = try TextLines.read("\(out)/\(language.code)/ngrams.tsv")
            tables.languages[language]?.ngrams["ngrams"] = try NgramCounts(
                parsing: Array(lines.joined(separator: "\n").utf8))
        }
        var functionWords: [Language: Set<String>] = [:]
        for language in [Language.kazakh, .russian] {
            let lines = try TextLines.read("\(out)/\(language.code)/stop-words.txt")
            functionWords[language] = Set(lines.filter { !$0.hasPrefix("#") }.map(String.init))
        }
        let judge = SureWordJudge(
            kazakh, russian, tables.languageModel, functionWords: functionWords)
        var words: [Language: [String]] = [.kazakh: [], .russian: []]
        for word in judge.candidates {
            for language in judge.languages(of: word) { words[language]?.append(word) }
        }
        for (language, list) in words {
            var text =
                "# Words found in texts of this language though their letters do not say so\n"
            text += "# surely; one that stands in the lists of both languages is a loan.\n"
            text += "# Learnt by `izde-bench language-model`.\n"
            for word in list.sorted() { text += word + "\n" }
            try save(text, "\(language.code)/sure-words.txt")
        }
    }
}

/// Decides which words go to the lists of sure words.
private struct SureWordJudge {
    private let kazakh: [String: Double]
    private let small: [String: Double]
    private let russian: [String: Double]
    private let russianSmall: [String: Double]
    private let model: LanguageModel
    private let functionWords: [Language: Set<String>]
    /// Words written in Kazakh texts in the order of their bytes, with their shares.
    private let sorted: [(word: [UInt8], share: Double)]

    init(
        _ kazakh: WordFrequencies, _ russian: WordFrequencies, _ model: LanguageModel,
        functionWords: [Language: Set<String>]
    ) {
        self.model = model
        self.functionWords = functionWords
        self.russian = russian.all
        russianSmall = russian.small
        small = kazakh.small
        sorted = kazakh.small.map { (Array($0.key.utf8), $0.value) }
            .sorted { $0.word.lexicographicallyPrecedes($1.word) }
        // A word typed with Russian letters is as frequent as the written one.
        var both = kazakh.small
        for (word, share) in kazakh.small where word.contains(where: { "әғқңөұүһі".contains($0) }) {
            for typed in Set(SpellingsOfKazakh.typed(word)) { both[typed, default: 0] += share / 2 }
        }
        self.kazakh = both
    }

    /// Cyrillic words without Kazakh letters that are not rare.
    var candidates: [String] {
        Set(kazakh.filter { $0.value >= 3e-6 }.keys)
            .union(russian.filter { $0.value >= 2e-6 }.keys)
            .filter { word in
                word.count > 1 && word.allSatisfy { ("а"..."я").contains($0) }
            }
    }

    /// The languages in whose lists a word belongs.
    func languages(of word: String) -> [Language] {
        let bytes = Array(word.utf8)
        let inKazakh = kazakh[word] ?? 0
        let inRussian = russian[word] ?? 0
        let ratio = log(inKazakh + 1e-7) - log(inRussian + 1e-7)
        let letters = Float(word.count + 1)
        // How much the letters speak for Russian, in nats.
        let speaks =
            letters
            * (model.plausibility(of: bytes, as: .russian)
                - model.plausibility(of: bytes, as: .kazakh))
        let isRussianFunction = functionWords[.russian]?.contains(word) == true
        let isKazakhFunction = functionWords[.kazakh]?.contains(word) == true
        if isRussianFunction, isKazakhFunction { return [.kazakh, .russian] }
        let isInflected = RussianShape.matches(bytes) || isRussianFunction
        let isLoan =
            (small[word] ?? 0) >= 3e-6 && inRussian >= 3e-7
            && (isInflected ? -2 < ratio && ratio < 3 : -4 < ratio && ratio < 4)
        if isLoan {
            let misleads =
                speaks >= 3.5 || speaks <= -5 || isRussianFunction || isKazakhFunction
            return misleads ? [.kazakh, .russian] : []
        }
        // A loan may be found with Kazakh endings only.
        if inRussian >= 2e-6, !isRussianFunction, !RussianShape.isInflected(bytes), word.count >= 5,
            shareInKazakh(startingWith: bytes) >= (isInflected ? 6e-6 : 2e-6)
        {
            return [.kazakh, .russian]
        }
        let isCommon = inRussian >= 2e-5 && ratio < -3.5 && russianSmall[word] != nil
        if isCommon { return [.russian] }
        if inRussian >= 5e-6, ratio < -3, isInflected, speaks < 3.5 { return [.russian] }
        if inKazakh >= 5e-6, ratio > 3, speaks > -5 {
            // Where even the letters speak for Russian, a loan that Russian texts happen to lack.
            return speaks < 0 ? [.kazakh] : [.kazakh, .russian]
        }
        if inRussian >= 2e-6, speaks < -5, ratio < 3 { return [.kazakh, .russian] }
        return []
    }

    /// How often Kazakh texts have words that begin with `start`, by at most six letters longer.
    private func shareInKazakh(startingWith start: [UInt8]) -> Double {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].word.lexicographicallyPrecedes(start) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var share = 0.0
        while low < sorted.count, sorted[low].word.starts(with: start) {
            if sorted[low].word.count <= start.count + 12 { share += sorted[low].share }
            low += 1
        }
        return share
    }
}
