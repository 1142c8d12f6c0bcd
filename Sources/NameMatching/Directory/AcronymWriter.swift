import TextAnalysis

/// The acronyms that a name may have by rule, in its own language and, where all its words are
/// known, in the others: see `AcronymReader`.
struct AcronymWriter {
    /// The most acronyms of one name in one language.
    static let mostAcronyms = 400

    let vocabulary: NameVocabulary

    /// The hashes of the acronyms in folded letters; none for names without a word that says what they name.
    func acronyms(of units: [NameUnit]) -> Set<UInt32> {
        guard units.count <= 16, units.contains(where: { has(.type, $0) }) else { return [] }
        var result: Set<UInt32> = []
        for units in [units, withoutSeat(units)] {
            let own = units.filter { !$0.isEponym && ($0.role == .word || $0.role == .concept) }
            let known = own.filter { $0.role == .concept }
            for language in [Language.kazakh, .russian, .english] {
                write(known, language, &result)
                // Words that the vocabulary does not have may have a letter too.
                if own.count > known.count { write(own, language, &result) }
            }
            if withoutSeat(units).count == units.count { break }
        }
        return result
    }

    private func has(_ kind: NameConcept.Class, _ unit: NameUnit) -> Bool {
        unit.concepts.contains { vocabulary.concepts[Int($0)].kind == kind }
    }

    /// A name without whom an institution belongs to: «при Президенте …», «… жанындағы».
    private func withoutSeat(_ units: [NameUnit]) -> [NameUnit] {
        let seat = units.firstIndex { unit in
            unit.concepts.contains { vocabulary.concepts[Int($0)].slug == "under" }
        }
        guard let seat else { return units }
        let isKazakh =
            units[seat].folded.contains { $0 >= 0x80 } && units[seat].wordCount == 1
            && units[seat].sounds.count > 3
        return isKazakh ? Array(units[(seat + 1)...]) : Array(units[..<seat])
    }

    /// A beginning of an acronym: the running hash of its letters, and how many they are.
    private struct Beginning {
        var hash = KeyTable.emptyHash
        var count = 0
    }

    private func write(_ units: [NameUnit], _ language: Language, _ result: inout Set<UInt32>) {
        // A town beside a people or another place may be an eponym, which acronyms leave out.
        let placeCount = units.count { has(.place, $0) || has(.people, $0) }
        var written = [Beginning()]
        var hasLetters = 0
        for unit in units {
            var parts = parts(of: unit, language)
            if parts.isEmpty { return }
            if placeCount > 1, has(.place, unit), !parts.contains([]) { parts.append([]) }
            if parts != [[]] { hasLetters += 1 }
            var next: [Beginning] = []
            for beginning in written where next.count < Self.mostAcronyms {
                for part in parts where beginning.count + part.count <= 14 {
                    next.append(
                        Beginning(
                            hash: KeyTable.hash(part, after: beginning.hash),
                            count: beginning.count + part.count))
                }
            }
            written = next
        }
        guard hasLetters >= 2 else { return }
        for acronym in written where acronym.count >= 2 {
            result.insert(KeyTable.finished(acronym.hash))
        }
    }

    /// The hashes under which an asked acronym is found: its own, and those without a letter for
    /// «state», which many institutions have dropped from their names and not from their acronyms.
    static func hashes(ofAsked folded: [UInt8]) -> [UInt32] {
        let letters = Array(String(decoding: folded, as: UTF8.self).utf16)
        var hashes = [KeyTable.hash(letters)]
        guard letters.count > 2 else { return hashes }
        for place in 1..<letters.count where Conjunction.state.values.contains(letters[place]) {
            var shorter = letters
            shorter.remove(at: place)
            hashes.append(KeyTable.hash(shorter))
        }
        return hashes
    }

    /// What may stand for a word in an acronym: nothing, where it may be left out; no parts at all
    /// where the word is not known in the language.
    private func parts(of unit: NameUnit, _ language: Language) -> [[UInt16]] {
        var parts: [[UInt16]] = []
        func add(_ part: [UInt16]) { if !parts.contains(part) { parts.append(part) } }
        if unit.concepts.isEmpty {
            let letters = Array(String(decoding: unit.folded, as: UTF8.self).utf16)
            guard (unit.script == .latin) == (language == .english) else { return [] }
            add(Array(letters.prefix(1)))
            return parts
        }
        for concept in unit.concepts.prefix(2) {
            let kind = vocabulary.concepts[Int(concept)].kind
            if vocabulary.concepts[Int(concept)].slug == "and" {
                add([])
                for letters in Conjunction.letters[language] ?? [] { add(letters) }
                continue
            }
            guard vocabulary.concepts[Int(concept)].isInAcronyms else {
                add([])
                continue
            }
            if kind == .status || kind == .area { add([]) }
            for words in vocabulary.initials.forms(Int(concept), language).prefix(4) {
                let initials = words.compactMap(\.first)
                if words.count == initials.count { add(initials) }
                guard words.count == 1 else { continue }
                switch kind {
                case .people, .place:
                    for count in 2...4 where words[0].count >= count {
                        add(Array(words[0].prefix(count)))
                    }
                case .subject where words[0].count > 1: add(Array(words[0].prefix(2)))
                default: break
                }
            }
        }
        return parts
    }
}
