import TextAnalysis

/// Parts that stand for several: acronyms, and words written as one.
extension NameComparison {
    /// Lets acronyms of one name take the words of the other that they stand for.
    mutating func takeAcronyms(_ found: ArraySlice<FoundUnit>, _ forms: borrowing NameForms) {
        let start = found.startIndex
        for left in asked.indices
        where asked[left].role == .acronym && !alignment.takenAsked.contains(left) {
            let free = found.indices.filter { !alignment.takenFound.contains($0 - start) }
            let reading = acronyms.reading(
                of: asked[left].segments, script: asked[left].script,
                isSmall: asked[left].isSmallAcronym,
                in: free.map { AcronymReader.Word(found[$0], forms, vocabulary) })
            if let reading {
                alignment.take(
                    PlaceSet(left), PlaceSet(reading.words.map { free[$0] - start }),
                    value: reading.value, .acronym)
            }
        }
        for right in found.indices
        where found[right].role == .acronym && !alignment.takenFound.contains(right - start) {
            let free = asked.indices.filter { !alignment.takenAsked.contains($0) }
            let segments = forms.segments[found[right].form] ?? []
            let script = forms.forms[Int(found[right].form)].script
            let reading = acronyms.reading(
                of: segments, script: script, isSmall: false,
                in: free.map { AcronymReader.Word(asked[$0], vocabulary) })
            if let reading {
                alignment.take(
                    PlaceSet(reading.words.map { free[$0] }), PlaceSet(right - start),
                    value: reading.value, .acronym)
            } else if let left = free.first(where: { asked[$0].role == .acronym }),
                acronyms.areTranslations(
                    asked[left].segments, asked[left].script, segments, script)
            {
                alignment.take(
                    PlaceSet(left), PlaceSet(right - start), value: weights.acronymTranslation,
                    .acronym)
            }
        }
    }

    /// The fewest sounds of a word that may be two of the other name.
    private static let shortestJoined = 5
    /// From this likeness on a word is two of the other name.
    private static let joinedLikeness: Float = 0.88

    /// `Касымжомарт` and `Қасым-Жомарт`.
    mutating func takeJoined(_ found: ArraySlice<FoundUnit>, _ forms: borrowing NameForms) {
        let start = found.startIndex
        if found.count > 1 {
            for left in asked.indices
            where !alignment.takenAsked.contains(left)
                && asked[left].sounds.count >= Self.shortestJoined
            {
                for right in 0..<found.count - 1
                where alignment.areFree(left, right) && alignment.areFree(left, right + 1) {
                    let (first, second) = (found[start + right].form, found[start + right + 1].form)
                    guard
                        mayJoin(
                            forms.soundCount(first), forms.soundCount(second),
                            asked[left].sounds.count)
                    else { continue }
                    let joined = Self.joined(forms.sounds(first), forms.sounds(second)) {
                        forms.alphabet.sounds[Int($0)]
                    }
                    let value = words.likeness(
                        asked[left].sounds, joined[...], forms, least: Self.joinedLikeness)
                    if value > Self.joinedLikeness {
                        alignment.take(
                            PlaceSet(left), PlaceSet(right, right + 1), value: value * 0.96,
                            .joined)
                        break
                    }
                }
            }
        }
        guard asked.count > 1 else { return }
        for right in 0..<found.count where !alignment.takenFound.contains(right) {
            let form = found[start + right].form
            let count = forms.soundCount(form)
            guard count >= Self.shortestJoined else { continue }
            for left in 0..<asked.count - 1
            where alignment.areFree(left, right) && alignment.areFree(left + 1, right) {
                guard mayJoin(asked[left].sounds.count, asked[left + 1].sounds.count, count) else {
                    continue
                }
                let joined = Self.joined(asked[left].sounds, asked[left + 1].sounds)
                let value = words.likeness(
                    joined, forms.sounds(form), forms, least: Self.joinedLikeness)
                if value > Self.joinedLikeness {
                    alignment.take(
                        PlaceSet(left, left + 1), PlaceSet(right), value: value * 0.96, .joined)
                    break
                }
            }
        }
    }

    /// The sounds of two words written as one: Жаңа Ауыл, Жаңаауыл.
    static func joined(_ first: [NameSound], _ second: [NameSound]) -> [NameSound] {
        joined(first[...], second[...]) { $0 }
    }

    /// The same for sounds that are written as `Code`; two that are one within a word are one where
    /// words meet.
    private static func joined<Code>(
        _ first: ArraySlice<Code>, _ second: ArraySlice<Code>, sound: (Code) -> NameSound
    ) -> [Code] {
        let isMelted =
            if let last = first.last, let next = second.first {
                sound(last).main == sound(next).main
            } else {
                false
            }
        return Array(first) + (isMelted ? second.dropFirst() : second)
    }

    /// Whether two words of so many sounds are about as long as the one that they may be.
    private func mayJoin(_ first: Int, _ second: Int, _ whole: Int) -> Bool {
        first > 1 && second > 1 && abs(first + second - whole) <= 2
    }
}
