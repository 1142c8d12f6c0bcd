import TextAnalysis

/// Writes the name of a person as it stands in no sentence: the fullest spelling, without the
/// ending of a case as far as it can be told.
struct PersonNominative {
    let text: MentionText
    let known: TextWords

    /// The name of the person of some names.
    func name(of runs: [PersonRun]) -> String {
        let full = runs.max { left, right in rank(left) < rank(right) }
        guard let full else { return "" }
        var result = ""
        var end = 0
        for place in full.words {
            let word = text.words[place]
            if !result.isEmpty { result += between(end, Int(word.start)) }
            result += full.names.contains(place) ? nominative(place, full, runs) : written(place)
            end = Int(word.end)
        }
        return result
    }

    /// The most parts, then the fewest letters: endings make a name longer.
    private func rank(_ run: PersonRun) -> Int {
        let parts = run.names.count * 3 + run.initials.count * 2
        return parts * 1000 - text.source(run.words).count
    }

    private func between(_ start: Int, _ end: Int) -> String {
        let signs = String(decoding: text.bytes[start..<end], as: UTF8.self)
        return signs.contains("-") ? "-" : signs.contains(".") ? ". " : " "
    }

    private func written(_ place: Int) -> String { text.string(place..<place + 1) }

    private func nominative(_ place: Int, _ full: PersonRun, _ runs: [PersonRun]) -> String {
        let word = text.words[place]
        let written = written(place)
        let script = known.words[Int(word.number)].script
        guard script == .cyrillic else { return written }
        // Another occurrence has the word without an ending.
        var shortest = written
        for run in runs {
            for other in run.names {
                let candidate = text.string(other..<other + 1)
                if candidate.count < shortest.count, written.hasPrefix(candidate),
                    written.count - candidate.count < 5,
                    CaseEndings.bases(of: known.folded(word.number), script: script)
                        .contains(where: {
                            $0.elementsEqual(known.folded(text.words[other].number))
                        })
                {
                    shortest = candidate
                }
            }
        }
        if shortest != written { return shortest }
        let isInflected = full.names.contains {
            known.traits(text.words[$0].number).contains(.inflectedGiven)
                || Self.isMasculineInCase(known.folded(text.words[$0].number))
        }
        return cut(written, isInflected: isInflected, isLast: place == full.names.last)
    }

    /// Endings that names do not have of themselves, and what stands in their place.
    private func cut(_ word: String, isInflected: Bool, isLast: Bool) -> String {
        let letters = Array(word.utf8)
        for (ending, base) in Self.russian {
            if let stem = Self.cut(letters, ending, base) { return stem }
        }
        for ending in Self.kazakh where letters.count > ending.count {
            guard letters.suffix(ending.count) == ending[...] else { continue }
            let stem = letters.dropLast(ending.count)
            if Self.bases.contains(where: {
                stem.count > $0.count && stem.suffix($0.count) == $0[...]
            }) {
                return String(decoding: stem, as: UTF8.self)
            }
        }
        guard isInflected else { return word }
        for (ending, base) in Self.likely {
            if let stem = Self.cut(letters, ending, base) { return stem }
        }
        return word
    }

    /// Whether a surname or a patronymic has an ending that only a case of a man's gives it: then
    /// the given name beside it is in that case too.
    private static func isMasculineInCase(_ folded: some Collection<UInt8>) -> Bool {
        masculineCases.contains {
            folded.count > $0.count && folded.suffix($0.count).elementsEqual($0)
        }
    }

    private static let masculineCases = [
        "ову", "еву", "овым", "евым", "ским", "ского", "скому", "овичу", "евичу", "овича", "евича",
        "овичем", "евичем",
    ].map { Array($0.utf8) }

    /// A word with another ending; `nil` if it has not the one, or nearly nothing else.
    private static func cut(_ word: [UInt8], _ ending: [UInt8], _ base: [UInt8]) -> String? {
        guard word.count >= ending.count + 4, word.suffix(ending.count) == ending[...] else {
            return nil
        }
        return String(decoding: word.dropLast(ending.count) + base, as: UTF8.self)
    }

    private static func table(_ pairs: [(String, String)]) -> [([UInt8], [UInt8])] {
        pairs.map { (Array($0.0.utf8), Array($0.1.utf8)) }
    }

    /// Endings of names before those of a Kazakh case.
    private static let bases = [
        "ов", "ев", "ин", "ова", "ева", "ина", "бек", "бай", "хан", "ұлы", "қызы",
    ]
    .map { Array($0.utf8) }

    private static let russian = table([
        ("овым", "ов"), ("евым", "ев"), ("иным", "ин"), ("ову", "ов"), ("еву", "ев"),
        ("овичем", "ович"), ("евичем", "евич"), ("овича", "ович"), ("евича", "евич"),
        ("овичу", "ович"), ("евичу", "евич"), ("ским", "ский"), ("ского", "ский"),
        ("скому", "ский"), ("овной", "овна"), ("евной", "евна"), ("овны", "овна"),
        ("евны", "евна"),
    ])
    private static let kazakh = [
        "тың", "тің", "дың", "дің", "ның", "нің", "қа", "ке", "ға", "ге", "на", "не", "ты", "ті",
        "ды", "ді", "ны", "ні", "та", "те", "да", "де", "тан", "тен", "дан", "ден", "нан", "нен",
        "пен", "мен", "бен",
    ].map { Array($0.utf8) }

    /// Where the given name has an ending.
    private static let likely = table([
        ("ова", "ов"), ("ева", "ев"), ("ина", "ин"), ("ове", "ов"), ("еве", "ев"), ("ом", ""),
        ("ем", "й"), ("а", ""), ("я", "й"), ("у", ""), ("ю", "й"), ("ның", ""), ("нің", ""),
        ("дың", ""), ("дің", ""), ("тың", ""), ("тің", ""), ("ға", ""), ("ге", ""), ("мен", ""),
    ])
}
