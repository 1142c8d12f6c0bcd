/// How likely each word of one language is the translation of each word of another.
///
/// A row for each word of the source, and one for no word at all, of which translations come that
/// nothing stands for; in a row the words that ever stand in a sentence pair with it. Rows are kept
/// one after the other without their zeros.
///
/// - Source: model 1 of Brown, Della Pietra, Della Pietra and Mercer, “The mathematics of
///   statistical machine translation”, Computational Linguistics 19(2), 1993.
struct WordModel {
    /// Where each row begins, and behind the last the end.
    private let starts: [Int]
    /// The words of the target.
    private let targets: [UInt32]
    /// How likely each is the translation; a row sums up to 1.
    private var probabilities: [Float]

    /// The sentences in which each word of the source stands, once for each occurrence.
    private let occurrences: Occurrences

    /// A model of which every translation is equally likely.
    ///
    /// - Parameters:
    ///   - source: The sentences that are translated.
    ///   - target: Their translations.
    ///   - byteLimit: The memory that the model may take.
    ///   - usedByteCount: The memory that is taken by others, for the message.
    /// - Throws: `LearningError.memoryExceeded` before the memory is taken.
    /// - Cost: time and memory by the pairs of words that stand in a sentence pair.
    init(
        from source: Sentences, to target: Sentences, byteLimit: Int, usedByteCount: Int = 0
    ) throws(LearningError) {
        func check(_ byteCount: Int) throws(LearningError) {
            let needed = usedByteCount + byteCount
            guard needed <= byteLimit else {
                throw .memoryExceeded(needed: needed, limit: byteLimit)
            }
        }
        // Occurrences, denominators, and the scratch of a row.
        let fixed =
            (source.words.count + source.count + source.wordCount * 3 + target.words.count) * 4
            + target.wordCount * 16
        try check(fixed)
        occurrences = Occurrences(source)
        var met = [UInt32](repeating: .max, count: target.wordCount)
        var starts = [0]
        starts.reserveCapacity(source.wordCount + 2)
        // Rows are counted first, so that no more is taken than they need.
        for row in 0...source.wordCount {
            var count = 0
            for sentence in occurrences[row] {
                for place in target[Int(sentence)] {
                    let word = Int(target.words[place])
                    if met[word] != UInt32(row) {
                        met[word] = UInt32(row)
                        count += 1
                    }
                }
            }
            starts.append(starts[row] + count)
            try check(fixed + starts[row + 1] * 8)
        }
        var targets: [UInt32] = []
        targets.reserveCapacity(starts[starts.count - 1])
        for index in met.indices { met[index] = .max }
        for row in 0...source.wordCount {
            for sentence in occurrences[row] {
                for place in target[Int(sentence)] {
                    let word = target.words[place]
                    if met[Int(word)] != UInt32(row) {
                        met[Int(word)] = UInt32(row)
                        targets.append(word)
                    }
                }
            }
        }
        self.starts = starts
        self.targets = targets
        probabilities = [Float](repeating: 1, count: targets.count)
    }

    /// How many probabilities the model holds.
    var entryCount: Int { targets.count }

    /// One round: counts how often each word is explained by each, then makes that the probability.
    ///
    /// - Requires: the target that the model was made with.
    /// - Cost: two passes over all pairs of words that stand in a sentence pair.
    mutating func iterate(_ target: Sentences) {
        // What all words of the source together say of each word of the target.
        var shares = [Float](repeating: 0, count: target.words.count)
        var row = [Float](repeating: 0, count: target.wordCount)
        for number in 0..<starts.count - 1 {
            load(number, into: &row)
            for sentence in occurrences[number] {
                for place in target[Int(sentence)] {
                    shares[place] += row[Int(target.words[place])]
                }
            }
        }
        // Never 0: the sentence that a word stands in has the empty word, whose row has the word.
        for place in shares.indices {
            shares[place] = 1 / max(shares[place], .leastNormalMagnitude)
        }
        var counts = [Double](repeating: 0, count: target.wordCount)
        for number in 0..<starts.count - 1 {
            load(number, into: &row)
            for sentence in occurrences[number] {
                for place in target[Int(sentence)] {
                    let word = Int(target.words[place])
                    counts[word] += Double(row[word] * shares[place])
                }
            }
            var total = 0.0
            for entry in starts[number]..<starts[number + 1] {
                total += counts[Int(targets[entry])]
            }
            for entry in starts[number]..<starts[number + 1] {
                let word = Int(targets[entry])
                probabilities[entry] = total > 0 ? Float(counts[word] / total) : 0
                counts[word] = 0
            }
        }
    }

    /// Puts a row where it is found by word.
    ///
    /// Words that are not of the row keep what they had: no sentence of the row asks for them.
    private func load(_ number: Int, into row: inout [Float]) {
        for entry in starts[number]..<starts[number + 1] {
            row[Int(targets[entry])] = probabilities[entry]
        }
    }

    /// Calls `body` with the words that a word of the source is likely translated by, in an order
    /// that hangs on the sentences alone.
    func forEachTranslation(
        of word: Int, least: Float, _ body: (_ target: UInt32, _ probability: Float) -> Void
    ) {
        for entry in starts[word]..<starts[word + 1] where probabilities[entry] >= least {
            body(targets[entry], probabilities[entry])
        }
    }

    /// The sentences in which a word of the source stands, ascending, once for each occurrence.
    func sentences(of word: Int) -> ArraySlice<UInt32> { occurrences[word] }
}

/// The sentences in which each word stands, ascending, once for each occurrence; behind the last
/// word all sentences, for the empty word that stands in each.
private struct Occurrences {
    private var starts: [Int]
    private var sentences: [UInt32]

    init(_ source: Sentences) {
        var counts = [Int](repeating: 0, count: source.wordCount + 2)
        for word in source.words { counts[Int(word) + 1] += 1 }
        counts[source.wordCount + 1] = source.count
        for row in 1..<counts.count { counts[row] += counts[row - 1] }
        starts = counts
        sentences = [UInt32](repeating: 0, count: counts[counts.count - 1])
        for sentence in 0..<source.count {
            for place in source[sentence] {
                let word = Int(source.words[place])
                sentences[counts[word]] = UInt32(sentence)
                counts[word] += 1
            }
            sentences[counts[source.wordCount]] = UInt32(sentence)
            counts[source.wordCount] += 1
        }
    }

    subscript(row: Int) -> ArraySlice<UInt32> { sentences[starts[row]..<starts[row + 1]] }
}
