import Glibc

/// Pairs of words that translate each other in both directions.
enum MutualTranslations {
    /// A pair.
    struct Pair: Equatable {
        var first: UInt32
        var second: UInt32
        /// How likely the second is the translation of the first.
        var forward: Float
        /// How likely the first is the translation of the second.
        var backward: Float
        /// In how many sentence pairs one stands for the other.
        var count: Int

        /// How much both directions say for it.
        var score: Float { forward * backward }
    }

    /// The pairs that both directions support, by first and second word.
    ///
    /// One model is in memory at a time; `report` gets the number of each round, from 1, over both
    /// directions.
    /// - Throws: `LearningError.memoryExceeded`.
    static func find(
        in text: Bitext, settings: LearningSettings, usedByteCount: Int,
        report: (_ round: Int) -> Void = { _ in }
    ) throws(LearningError) -> [Pair] {
        let used = usedByteCount + text.first.byteCount + text.second.byteCount
        func model(_ source: Sentences, _ target: Sentences, after rounds: Int)
            throws(LearningError) -> WordModel
        {
            var model = try WordModel(
                from: source, to: target, byteLimit: settings.byteLimit, usedByteCount: used)
            for round in 0..<settings.iterationCount {
                report(rounds + round + 1)
                model.iterate(target)
            }
            return model
        }
        var pairs = candidates(try model(text.first, text.second, after: 0), text, settings)
        pairs.sort { ($0.second, $0.first) < ($1.second, $1.first) }
        support(&pairs, try model(text.second, text.first, after: settings.iterationCount), text)
        pairs.removeAll { $0.backward < settings.leastProbability }
        pairs.sort { ($0.first, $0.second) < ($1.first, $1.second) }
        return WordLinks.counted(pairs, in: text).filter { $0.count >= settings.leastCount }
    }

    /// The pairs that the model of the first direction supports, and that stand together often.
    private static func candidates(
        _ model: WordModel, _ text: Bitext, _ settings: LearningSettings
    ) -> [Pair] {
        let frequencies = (text.first.frequencies(), text.second.frequencies())
        var pairs: [Pair] = []
        var counts = [UInt32](repeating: 0, count: text.second.wordCount)
        var last = [UInt32](repeating: .max, count: text.second.wordCount)
        for word in 0..<text.first.wordCount where frequencies.0[word] >= settings.leastCount {
            var own: [Pair] = []
            model.forEachTranslation(of: word, least: settings.leastProbability) {
                own.append(
                    Pair(first: UInt32(word), second: $0, forward: $1, backward: 0, count: 0))
                counts[Int($0)] = 0
            }
            guard !own.isEmpty else { continue }
            for pair in own { last[Int(pair.second)] = .max }
            for sentence in model.sentences(of: word) {
                for place in text.second[Int(sentence)] {
                    let other = Int(text.second.words[place])
                    // What stands twice in a sentence pair is counted once.
                    if last[other] != sentence {
                        last[other] = sentence
                        counts[other] &+= 1
                    }
                }
            }
            for var pair in own {
                pair.count = Int(counts[Int(pair.second)])
                let chance =
                    Double(frequencies.0[word]) * Double(frequencies.1[Int(pair.second)])
                    / Double(text.count)
                if pair.count >= settings.leastCount,
                    log2(Double(pair.count) / chance) >= Double(settings.leastInformation)
                {
                    pairs.append(pair)
                }
            }
        }
        return pairs
    }

    /// Puts in what the model of the other direction says; `pairs` are by their second word.
    private static func support(_ pairs: inout [Pair], _ model: WordModel, _ text: Bitext) {
        var row = [Float](repeating: 0, count: text.first.wordCount)
        var start = 0
        while start < pairs.count {
            let second = pairs[start].second
            var end = start
            while end < pairs.count, pairs[end].second == second { end += 1 }
            model.forEachTranslation(of: Int(second), least: 0) { row[Int($0)] = $1 }
            // Every word of these pairs has stood with `second`, so the row has just been set there.
            for index in start..<end { pairs[index].backward = row[Int(pairs[index].first)] }
            start = end
        }
    }
}
