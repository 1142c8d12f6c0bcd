import TextAnalysis

/// A name of a list that stands at some words of a document.
struct NameMatch {
    var words: Range<Int>
    var list: Int
    var name: NameDirectory.NameID
    var entity: UInt32
    var score: Float
    var traits: MentionList.Traits
    /// How many parts of the name were found.
    var partCount: Int
    var method: Mention.Method = .name
}

/// Finds out whether a name stands around its anchor.
///
/// Words are taken to the right, then to the left, as long as they are parts of the name or words
/// that names are parted by: «имени», «of», initials, titles. The order of the parts is free, since
/// languages and lists differ in it.
struct NameWindow {
    let lists: [MentionList]
    let vocabulary: NameVocabulary

    /// The most words in a row that are no part of the name.
    private static let mostSkipped = 5

    private struct Progress {
        var words: Range<Int>
        var remaining: UInt32
        var inexact = 0
        var skipped = 0
        var partCount = 1

        /// Takes a part that was found behind some skipped words; whether the match then has
        /// `words`, which it has not for a word that only marks.
        mutating func take(
            _ bit: UInt32, _ shape: MentionList.Name, _ isExact: Bool, _ words: Range<Int>,
            _ skipped: Int
        ) -> Bool {
            remaining &= ~bit
            if bit & shape.markers != 0 { return false }
            self.words = words
            inexact += isExact ? 0 : 1
            self.skipped += skipped
            partCount += 1
            return true
        }
    }

    /// The match of a name whose anchor stands at some words; `nil` if parts are missing.
    func match(
        _ list: Int, _ name: NameDirectory.NameID, anchor: Range<Int>, _ text: MentionText,
        _ known: TextWords
    ) -> NameMatch? {
        let shape = lists[list].names[Int(name)]
        let units = lists[list].directory.units(of: name)
        let count = min(units.count, 32)
        let all: UInt32 = count == 32 ? .max : (1 << UInt32(count)) - 1
        var progress = Progress(words: anchor, remaining: all & ~(1 << UInt32(shape.anchor)))
        let first = text.words[anchor.lowerBound]
        if shape.proper & 1 << UInt32(shape.anchor) != 0, shape.traits.contains(.person),
            !first.isCapitalized
        {
            return nil
        }
        if progress.remaining != 0 {
            goRight(&progress, list, units, shape, text, known)
            goLeft(&progress, list, units, shape, text, known)
        }
        guard progress.remaining & shape.required == 0,
            hasCapital(progress.words, text)
        else { return nil }
        var score: Float = 1
        if shape.traits.contains(.acronym) {
            guard isSpelt(list, name, anchor.lowerBound, text) else { return nil }
        } else if !text.words[anchor.lowerBound].isCapitalized,
            !anchorIsExact(list, units[units.startIndex + Int(shape.anchor)], anchor, text, known)
        {
            return nil
        }
        score -= 0.03 * Float(progress.inexact) + 0.02 * Float(progress.skipped)
        score -= 0.06 * Float((progress.remaining & shape.wanted).nonzeroBitCount)
        return NameMatch(
            words: progress.words, list: list, name: name,
            entity: lists[list].directory.entity(of: name), score: max(0.5, score),
            traits: shape.traits, partCount: progress.partCount)
    }

    private func hasCapital(_ range: Range<Int>, _ text: MentionText) -> Bool {
        for place in range where text.words[place].capitalCount > 0 { return true }
        return false
    }

    /// Acronyms are found by their very letters.
    private func isSpelt(
        _ list: Int, _ name: NameDirectory.NameID, _ place: Int, _ text: MentionText
    ) -> Bool {
        let directory = lists[list].directory
        let written = directory.texts[directory.names[Int(name)].text.range]
        let word = text.words[place]
        return text.bytes[Int(word.start)..<Int(word.end)].elementsEqual(written)
    }

    private func anchorIsExact(
        _ list: Int, _ unit: FoundUnit, _ anchor: Range<Int>, _ text: MentionText,
        _ known: TextWords
    ) -> Bool {
        unit.concept != FoundUnit.noConcept
            || known.words[Int(text.words[anchor.lowerBound].number)].forms.contains {
                $0.list == list && $0.form == unit.form && $0.isExact
            }
    }

    // MARK: Parts

    /// How many words at a place are a part of a name; 0 if it does not stand there.
    private func count(
        _ unit: FoundUnit, at place: Int, _ list: Int, _ text: MentionText,
        _ known: TextWords
    ) -> (count: Int, isExact: Bool) {
        if unit.concept != FoundUnit.noConcept {
            // A minister is no ministry.
            if known.traits(text.words[place].number).contains(.title),
                isType(unit.concept) || isType(unit.otherConcept)
            {
                return (0, true)
            }
            if let phrase = text.phrase(at: place), unit.means(phrase.concepts) != nil {
                return (phrase.count, true)
            }
            let number = Int(text.words[place].number)
            if unit.means(known.words[number].concepts) != nil { return (1, true) }
        }
        let word = text.words[place]
        if unit.role == .initial {
            // Letters of one word as well, «и».
            guard word.letterCount == 1 else { return (0, true) }
            let form = lists[list].directory.forms.folded(unit.form)
            return (known.folded(word.number).elementsEqual(form) ? 1 : 0, true)
        }
        for form in known.words[Int(word.number)].forms
        where form.list == list && form.form == unit.form {
            if unit.role == .acronym, word.capitalCount < 2 { return (0, true) }
            if !form.isExact, word.capitalCount == 0 { return (0, true) }
            return (1, form.isExact)
        }
        return (0, true)
    }

    private func isType(_ concept: NameVocabulary.ConceptID) -> Bool {
        concept != FoundUnit.noConcept && vocabulary.concepts[Int(concept)].kind == .type
    }

    /// The part that stands at a place, among those that have not been found.
    private func part(
        at place: Int, _ progress: Progress, _ list: Int, _ units: ArraySlice<FoundUnit>,
        _ text: MentionText, _ known: TextWords, endingAt end: Int? = nil
    ) -> (bit: UInt32, count: Int, isExact: Bool)? {
        var best: (bit: UInt32, count: Int, isExact: Bool)?
        for (number, unit) in units.prefix(32).enumerated() {
            let bit: UInt32 = 1 << UInt32(number)
            guard progress.remaining & bit != 0 else { continue }
            let (count, isExact) = count(unit, at: place, list, text, known)
            guard count > 0, end == nil || place + count == end else { continue }
            if best.map({ count > $0.count || count == $0.count && isExact && !$0.isExact }) ?? true
            {
                best = (bit, count, isExact)
            }
        }
        return best
    }

    private func goRight(
        _ progress: inout Progress, _ list: Int, _ units: ArraySlice<FoundUnit>,
        _ shape: MentionList.Name, _ text: MentionText, _ known: TextWords
    ) {
        var place = progress.words.upperBound
        var skipped = 0
        let isPerson = shape.traits.contains(.person)
        while progress.remaining != 0, place < text.words.count, !text.isBreak(place) {
            let followsComma = text.words[place - 1].shape.contains(.precedesComma)
            if followsComma, !shape.traits.contains(.comma) { break }
            if let (bit, count, isExact) = part(at: place, progress, list, units, text, known) {
                place += count
                let words = progress.words.lowerBound..<place
                if progress.take(bit, shape, isExact, words, skipped) { skipped = 0 }
                continue
            }
            guard !followsComma, skipped < Self.mostSkipped,
                isSkippable(place, isPerson: isPerson, shape, text, known)
            else { break }
            skipped += isStatus(place, text, known) ? 3 : 1
            place += 1
        }
    }

    private func goLeft(
        _ progress: inout Progress, _ list: Int, _ units: ArraySlice<FoundUnit>,
        _ shape: MentionList.Name, _ text: MentionText, _ known: TextWords
    ) {
        var end = progress.words.lowerBound
        var skipped = 0
        let isPerson = shape.traits.contains(.person)
        while progress.remaining != 0, end > 0, !text.isBreak(end) {
            let followsComma = text.words[end - 1].shape.contains(.precedesComma)
            if followsComma, !shape.traits.contains(.comma) { break }
            var found: (bit: UInt32, count: Int, isExact: Bool)?
            for place in stride(from: end - 1, through: max(0, end - 8), by: -1) {
                if place < end - 1, text.words[place].phrase < 0 { continue }
                if isElsewhere(place, text, known) { continue }
                if let part = part(
                    at: place, progress, list, units, text, known, endingAt: end)
                {
                    found = part
                }
            }
            if let (bit, count, isExact) = found {
                end -= count
                let words = end..<progress.words.upperBound
                if progress.take(bit, shape, isExact, words, skipped) { skipped = 0 }
                continue
            }
            guard !followsComma, skipped < Self.mostSkipped,
                isSkippable(end - 1, isPerson: isPerson, shape, text, known)
            else { break }
            skipped += isStatus(end - 1, text, known) ? 3 : 1
            end -= 1
        }
    }

    /// The last bytes of Russian letters that a place ends with behind a preposition: е, и, у, ю.
    private static let locatives: Set<UInt8> = [0xB5, 0xB8, 0x83, 0x8E]

    /// «В Казахстане Министерство …»: where it happens, and no part of the name.
    private func isElsewhere(_ place: Int, _ text: MentionText, _ known: TextWords) -> Bool {
        let traits = known.traits(text.words[place].number)
        guard traits.contains(.place), !traits.contains(.adjective),
            let last = known.folded(text.words[place].number).last,
            Self.locatives.contains(last)
        else { return false }
        return place > 0 && !text.isBreak(place)
            && known.traits(text.words[place - 1].number).contains(.preposition)
    }

    /// «State», «regional»: more than a word that joins others.
    private func isStatus(_ place: Int, _ text: MentionText, _ known: TextWords) -> Bool {
        known.words[Int(text.words[place].number)].concepts.contains {
            vocabulary.concepts[Int($0)].kind == .status
        }
    }

    private static let and = Array("и".utf8)

    /// Words that may stand between the parts of a name.
    private func isSkippable(
        _ place: Int, isPerson: Bool, _ shape: MentionList.Name, _ text: MentionText,
        _ known: TextWords
    ) -> Bool {
        let word = text.words[place]
        let traits = known.traits(word.number)
        if shape.traits.contains(.place) { return false }
        if word.letterCount == 1 {
            // «И» is no part of a name, whether its words are joined by it or not.
            return word.capitalCount == 1
                || shape.traits.contains(.joining)
                    && known.folded(word.number).elementsEqual(Self.and)
        }
        if traits.contains(.patronymic) { return true }
        if traits.contains(.ending), word.shape.contains(.followsHyphen) { return true }
        if isPerson { return false }
        if traits.contains(.given) { return true }
        for concept in known.words[Int(word.number)].concepts {
            switch vocabulary.concepts[Int(concept)].kind {
            // «And» joins two names as well as two words of one.
            case .marker: return vocabulary.concepts[Int(concept)].slug != "and"
            case .legal, .title: return true
            case .status where shape.proper != 0: return true
            default: break
            }
        }
        return false
    }
}
