/// The Latin alphabet of the Kazakh parts of a text.
extension AnalysisPipeline {
    /// Finds the alphabet of the chunk, and folds its words anew if that takes apostrophes for
    /// letters.
    mutating func findOrthography() {
        var evidence = KazakhOrthography.Evidence()
        var isLatinKazakh = false
        for segment in identifier.segments {
            guard isShort || (segment.isLatinKazakh && segment.language == .kazakh) else {
                continue
            }
            isLatinKazakh = isLatinKazakh || segment.isLatinKazakh
            for word in tokenizer.words[segment.words] where word.flags.contains(.latin) {
                // With what follows: the apostrophe of a last letter is not part of the word.
                let end = min(Int(word.end) + 1, clean.count)
                evidence.add(clean.units[Int(word.start)..<end])
            }
        }
        cache.orthography = evidence.orthography
        guard isLatinKazakh else { return }
        let isPlain = cache.orthography == .plain || cache.orthography == .decree2017
        guard isPlain else { return }
        for segment in identifier.segments
        where segment.isLatinKazakh && segment.language == .kazakh {
            for index in segment.words where tokenizer.words[index].flags.contains(.latin) {
                // There is no ı in these alphabets, so that I is the capital of i.
                if tokenizer.words[index].flags.contains(.upper), !tokenizer.words[index].isDropped
                {
                    foldAgain(index, isLatinKazakh: false)
                }
                if cache.orthography == .decree2017 { foldApostrophes(index) }
            }
        }
    }

    /// Folds a word of the alphabet of 2017: `s'` as `ş`, also at its end.
    private mutating func foldApostrophes(_ index: Int) {
        var word = tokenizer.words[index]
        guard !word.isDropped, word.special == .none else { return }
        let end = Int(word.end)
        let opens = word.start > 0 && clean.units[Int(word.start) - 1] == 0x27
        if !opens, end < clean.count, clean.units[end] == 0x27,
            KazakhOrthography.letter2017(clean.units[end - 1] | 0x20) != nil
        {
            word.end += 1
        } else if !word.flags.contains(.apostrophe) {
            return
        }
        let start = terms.count
        folder.foldDecree2017(clean, word, into: &terms)
        word.term = terms.range(from: start)
        tokenizer.words[index] = word
        find(index)
    }
}
