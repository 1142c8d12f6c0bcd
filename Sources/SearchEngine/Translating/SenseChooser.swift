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
            var company: [UInt32: Float] = [:]
            var kept = [StemCompany?](repeating: nil, count: context.count)
            for sense in senses {
                guard let share = try share(sense, translations, context, &kept, &countsLeft)
                else { continue }
                company[sense] = share
            }
            guard company.count > 1 else { continue }
            units[place] = .translated(
                parts: parts, translations: Self.weigh(translations, company))
        }
    }

    /// In what share of its documents a sense has the company of the other words.
    private func share(
        _ sense: UInt32, _ translations: [Translation], _ context: [[[UInt8]]],
        _ kept: inout [StemCompany?], _ countsLeft: inout Int
    ) throws(EngineError) -> Float? {
        var (together, all) = (0, 0)
        for language in context.indices where !context[language].isEmpty {
            let stems = translations.filter {
                $0.sense == sense && $0.language == language && $0.stems.count == 1
            }.map { $0.stems[0] }
            guard let first = stems.first, countsLeft > 0 else { continue }
            let frequency = try vocabulary.frequency(ofStem: first)
            guard frequency > 0, frequency <= Self.mostDocuments else { continue }
            countsLeft -= 1
            // All senses are asked for in the same company.
            if kept[language] == nil {
                kept[language] = try vocabulary.company(of: context[language])
            }
            together += try kept[language]?.count(first) ?? 0
            all += frequency
        }
        guard all > 0 else { return nil }
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
