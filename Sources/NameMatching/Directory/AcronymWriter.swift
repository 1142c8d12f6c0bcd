import TextAnalysis

/// The acronyms that a name may have by rule, in its own language and, where all its words are
/// known, in the others: see `AcronymReader`.
struct AcronymWriter {
    /// The most acronyms of one name in one language.
    static let mostAcronyms = 400

    let vocabulary: NameVocabulary

    /// The acronyms in folded letters; none for names without a word that says what they name.
    func acronyms(of units: [NameUnit]) -> Set<[UInt8]> {
        guard units.count <= 16, units.contains(where: { has(.type, $0) }) else { return [] }
        var result: Set<[UInt8]> = []
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

    private func write(_ units: [NameUnit], _ language: Language, _ result: inout Set<[UInt8]>) {
        // A town beside a people or another place may be an eponym, which acronyms leave out.
        let placeCount = units.count { has(.place, $0) || has(.people, $0) }
        var written: [[UInt16]] = [[]]
        var hasLetters = 0
        for unit in units {
            var parts = parts(of: unit, language)
            if parts.isEmpty { return }
            if placeCount > 1, has(.place, unit), !parts.contains([]) { parts.append([]) }
            if parts != [[]] { hasLetters += 1 }
            var next: [[UInt16]] = []
            for beginning in written {
                for part in parts where beginning.count + part.count <= 14 {
                    next.append(beginning + part)
                }
            }
            written = Array(next.prefix(Self.mostAcronyms))
        }
        guard hasLetters >= 2 else { return }
        for acronym in written where acronym.count >= 2 {
            result.insert(Array(String(decoding: acronym, as: UTF16.self).utf8))
            // «State», which is not in the name any more.
            guard let state = Conjunction.state[language] else { continue }
            for place in 1..<acronym.count {
                let longer = acronym[..<place] + [state] + acronym[place...]
                result.insert(Array(String(decoding: longer, as: UTF16.self).utf8))
            }
        }
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
