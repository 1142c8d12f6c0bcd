import TextAnalysis

/// Chooses among the senses of the words of a query by the company they keep in the documents:
/// `bank` beside `river` is not a bank.
///
/// Of each sense is counted in how many of its documents, language by language, some translation of
/// the other words stands too. The senses whose documents have less of such company than those of
/// another sense lose a part of their weight; never much, since documents with all words come first
/// anyway.
struct SenseChooser {
    let vocabulary: SearchedVocabulary

    /// Most counts for a query: a long query has context enough without all of them.
    private static let mostCounts = 12
    /// In how many documents a sense stands at most that is asked for: counting is not free, and
    /// what stands everywhere keeps every company.
    private static let mostDocuments = 2048
    /// How much evidence the other words need: so many documents are believed beforehand to have
    /// the company of an average sense.
    private static let prior: Float = 2
    /// The least that is left of the weight of a sense without company.
    private static let least: Float = 0.75

    /// Weighs the translations of words of several senses anew.
    func choose(_ units: inout [QueryUnit]) throws(EngineError) {
        var countsLeft = Self.mostCounts
        let terms = units.map(Self.terms)
        for place in units.indices {
            guard case .translated(let parts, let translations) = units[place] else { continue }
            let senses = Self.senses(of: translations)
            guard senses.count > 1 else { continue }
            var context: [[[UInt8]]] = [[], [], []]
            for (other, own) in terms.enumerated() where other != place {
                for language in context.indices { context[language] += own[language] }
            }
            var asked: [(sense: UInt32, counts: [Asked])] = []
            for sense in senses {
                let counts = try counts(sense, translations, context, &countsLeft)
                if !counts.isEmpty { asked.append((sense, counts)) }
            }
            // One sense alone has nothing to be weighed against.
            guard asked.count > 1 else { continue }
            var company: [UInt32: Float] = [:]
            var kept = [StemCompany?](repeating: nil, count: context.count)
            for (sense, counts) in asked { company[sense] = try share(counts, context, &kept) }
            units[place] = .translated(
                parts: parts, translations: Self.weigh(translations, company))
        }
    }

    /// A count that tells of a sense: documents of a stem in a language, of so many.
    private struct Asked {
        var stem: [UInt8]
        var language: Int
        var frequency: Int
    }

    /// What is to be counted for a sense.
    private func counts(
        _ sense: UInt32, _ translations: [Translation], _ context: [[[UInt8]]],
        _ countsLeft: inout Int
    ) throws(EngineError) -> [Asked] {
        var counts: [Asked] = []
        for language in context.indices where !context[language].isEmpty {
            let first = translations.first {
                $0.sense == sense && $0.language == language && $0.stems.count == 1
            }
            guard let stem = first?.stems[0], countsLeft > 0 else { continue }
            let frequency = try vocabulary.frequency(ofStem: stem)
            guard frequency > 0, frequency <= Self.mostDocuments else { continue }
            countsLeft -= 1
            counts.append(Asked(stem: stem, language: language, frequency: frequency))
        }
        return counts
    }

    /// In what share of its documents a sense has the company of the other words.
    private func share(
        _ counts: [Asked], _ context: [[[UInt8]]], _ kept: inout [StemCompany?]
    ) throws(EngineError) -> Float {
        var (together, all) = (0, 0)
        for asked in counts {
            // All senses are asked for in the same company.
            if kept[asked.language] == nil {
                kept[asked.language] = try vocabulary.company(of: context[asked.language])
            }
            together += try kept[asked.language]?.count(asked.stem) ?? 0
            all += asked.frequency
        }
        return Float(together) / Float(all) * Float(all) / (Float(all) + Self.prior)
    }

    private static func weigh(_ translations: [Translation], _ company: [UInt32: Float])
        -> [Translation]
    {
        let greatest = company.values.max() ?? 0
        guard greatest > 0 else { return translations }
        return translations.map { translation in
            guard let sense = translation.sense, let own = company[sense] else {
                return translation
            }
            var chosen = translation
            let likeness = max(least, own / greatest)
            chosen.weight = translation.weight * likeness
            return chosen
        }
    }

    /// The stems of a unit by language: its translations, and its own for all.
    private static func terms(of unit: QueryUnit) -> [[[UInt8]]] {
        var terms: [[[UInt8]]] = [[], [], []]
        guard !unit.isStopWord else { return terms }
        if case .translated(_, let translations) = unit {
            for translation in translations where translation.stems.count == 1 {
                terms[translation.language].append(translation.stems[0])
            }
        }
        let own = unit.words.filter { !$0.isStopWord }.flatMap(\.stems)
        for language in terms.indices { terms[language] += own }
        return terms
    }

    private static func senses(of translations: [Translation]) -> [UInt32] {
        var senses: [UInt32] = []
        for translation in translations {
            if let sense = translation.sense, !senses.contains(sense) { senses.append(sense) }
        }
        return senses
    }
}
