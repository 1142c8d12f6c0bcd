import TextAnalysis

/// The acronyms that a name may have by rule, in its own language and, where all its words are
/// known, in the others: see `AcronymReader`.
struct AcronymWriter {
    /// The most acronyms of one name in one spelling and order, so that a name of many words costs
    /// little more than one of few.
    private static let mostAcronyms = 64
    /// The most words of an acronym that have more than a letter: КазНацЖенПУ.
    private static let mostSyllables = 3

    let vocabulary: NameVocabulary

    /// The hashes of the acronyms in folded letters; none for names without a word that says what they name.
    func acronyms(of units: [NameUnit]) -> Set<UInt32> {
        guard units.count <= 16, units.contains(where: { has(.type, $0) }) else { return [] }
        var result: Set<UInt32> = []
        for units in [units, withoutSeat(units)] {
            let own = units.filter {
                !$0.isEponym && ($0.role == .word || $0.role == .surname || $0.role == .concept)
            }
            let known = own.filter { $0.role == .concept }
            let unnamed = own.filter { $0.role != .surname }
            for spelling in AcronymSpelling.written {
                write(known, spelling, &result)
                // Words that the vocabulary does not have may have a letter too, and so may
                // surnames: Назарбаев Университеті.
                if unnamed.count > known.count { write(unnamed, spelling, &result) }
                if own.count > unnamed.count { write(own, spelling, &result) }
            }
            if withoutSeat(units).count == units.count { break }
        }
        return result
    }

    /// The acronyms of words in their order and in those that the language has beside it.
    private func write(
        _ units: [NameUnit], _ spelling: AcronymSpelling, _ result: inout Set<UInt32>
    ) {
        // A town beside a people or another place may be an eponym, which acronyms leave out.
        let placeCount = units.count { has(.place, $0) || has(.people, $0) }
        var parts: [[[UInt16]]] = []
        for unit in units {
            var own = self.parts(of: unit, spelling)
            if own.isEmpty { return }
            if placeCount > 1, has(.place, unit), !own.contains([]) { own.append([]) }
            parts.append(own)
        }
        write(parts, &result)
        // «University of Innovation» is «Innovation University» as well, «Университет Туран» is
        // «Туран университет».
        let isWestern = spelling == .english || spelling == .russianInLatin
        if let type = units.firstIndex(where: { has(.type, $0) }), type + 1 < units.count,
            isWestern || spelling == .russian && type == 0
        {
            write(parts[..<type] + parts[(type + 1)...] + [parts[type]], &result)
        }
        // «Медицинский университет Караганды» is «Карагандинский медицинский университет»,
        // «Kyzylorda University» is «University of Kyzylorda».
        guard spelling == .english || spelling == .russian,
            let place = units.firstIndex(where: { has(.place, $0) })
        else { return }
        let rest = parts[..<place] + parts[(place + 1)...]
        if place > 0 {
            write([parts[place]] + rest, &result)
        } else if spelling == .english {
            write(rest + [parts[place]], &result)
        }
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
        /// How many words have more than a letter.
        var syllables = 0
    }

    /// The acronyms of words in one order, of which each has one of its parts.
    private func write(_ parts: some Collection<[[UInt16]]>, _ result: inout Set<UInt32>) {
        var written = [Beginning()]
        var next: [Beginning] = []
        guard parts.count(where: { $0 != [[]] }) >= 2 else { return }
        for parts in parts {
            next.removeAll(keepingCapacity: true)
            for beginning in written {
                for part in parts
                where beginning.count + part.count <= 14
                    && (part.count < 2 || beginning.syllables < Self.mostSyllables)
                {
                    next.append(
                        Beginning(
                            hash: KeyTable.hash(part, after: beginning.hash),
                            count: beginning.count + part.count,
                            syllables: beginning.syllables + (part.count > 1 ? 1 : 0)))
                }
            }
            // The plainest are the likeliest.
            written.removeAll(keepingCapacity: true)
            for syllables in 0...Self.mostSyllables where written.count < Self.mostAcronyms {
                for beginning in next where beginning.syllables == syllables {
                    if written.count == Self.mostAcronyms { break }
                    written.append(beginning)
                }
            }
        }
        for acronym in written where acronym.count >= 2 {
            result.insert(KeyTable.finished(acronym.hash))
        }
    }

    /// The hashes under which an acronym of a text is found: its own, and those without a letter
    /// for «state», which many institutions have dropped from their names and not from their
    /// acronyms.
    static func hashes(ofAsked folded: [UInt8]) -> [UInt32] {
        let letters = Array(String(decoding: folded, as: UTF8.self).utf16)
        return hashes(letters, places: letters.indices.dropFirst()) {
            Conjunction.states.contains($0)
        }
    }

    /// The same for an acronym that is asked for, and without a letter for another standing or for
    /// «and»: more names, which are compared before they count.
    static func looseHashes(ofAsked folded: [UInt8]) -> [UInt32] {
        let letters = Array(String(decoding: folded, as: UTF8.self).utf16)
        return hashes(letters, places: letters.indices) {
            Conjunction.allStandings.contains($0) || $0 == Conjunction.russianAnd
        }
    }

    private static func hashes(
        _ letters: [UInt16], places: some Sequence<Int>, _ mayDrop: (UInt16) -> Bool
    ) -> [UInt32] {
        var hashes = [KeyTable.hash(letters)]
        guard letters.count > 2 else { return hashes }
        for place in places where mayDrop(letters[place]) {
            var shorter = letters
            shorter.remove(at: place)
            hashes.append(KeyTable.hash(shorter))
        }
        return hashes
    }

    /// What may stand for a word in an acronym: nothing, where it may be left out; no parts at all
    /// where the word is not known in the language.
    private func parts(of unit: NameUnit, _ spelling: AcronymSpelling) -> [[UInt16]] {
        var parts: [[UInt16]] = []
        func add(_ part: [UInt16]) { if !parts.contains(part) { parts.append(part) } }
        if unit.concepts.isEmpty {
            let letters = Array(String(decoding: unit.folded, as: UTF8.self).utf16)
            guard (unit.script == .latin) == spelling.isLatin else { return [] }
            for count in 1...2 { add(Array(letters.prefix(count))) }
            if let compound = AcronymSpelling.compound(letters) {
                add(compound.compactMap(\.first))
            }
            return parts
        }
        for concept in unit.concepts.prefix(2) {
            let kind = vocabulary.concepts[Int(concept)].kind
            if vocabulary.concepts[Int(concept)].slug == "and" {
                add([])
                for letters in Conjunction.letters[spelling.language] ?? [] { add(letters) }
                continue
            }
            guard vocabulary.concepts[Int(concept)].isInAcronyms else {
                add([])
                continue
            }
            if kind == .status || kind == .area { add([]) }
            let forms = vocabulary.initials.forms(Int(concept), spelling)
            // A word of this very language is not replaced by another of the same meaning.
            let own = ConceptInitials.cut(AcronymReader.Word(unit, vocabulary).words)
            let isOwn =
                !vocabulary.hasManySpellings(concept)
                && (unit.script == .latin) == spelling.isLatin && forms.contains(own)
            let candidates =
                isOwn ? forms.filter { Self.isCompound($0, of: own) } : Array(forms.prefix(4))
            for words in candidates {
                let initials = words.compactMap(\.first)
                if words.count == initials.count { add(initials) }
                guard words.count == 1 else { continue }
                switch kind {
                case .people, .place:
                    for count in 2...4 where words[0].count >= count {
                        add(Array(words[0].prefix(count)))
                    }
                // Нац, Гос.
                case .status where words[0].count > 3: add(Array(words[0].prefix(3)))
                // Мед, Пед, In.
                case .subject:
                    for count in 2...3 where words[0].count > count {
                        add(Array(words[0].prefix(count)))
                    }
                default: break
                }
            }
        }
        return parts
    }

    /// Whether a form is a word or the parts of it.
    private static func isCompound(_ form: [[UInt16]], of own: [[UInt16]]) -> Bool {
        guard form != own, let first = form.first, let whole = own.first else { return form == own }
        return own.count == 1 && form.count == 2 && whole.starts(with: first.prefix(whole.count))
    }
}
