/// Adjectives, with short forms and comparatives.
extension RussianParadigm {
    mutating func addAdjective(_ row: LexiconRow) {
        let lemma = row.lemma
        addForms(row["cmp"], .bare)
        let genitive = row["gen"] ?? row.forms.first
        if let stem = genitive?.without("ьего")
            ?? (lemma.equals("третий") ? lemma.dropping(2) : nil)
        {
            add(lemma, .bare)
            return add(stem, .adjectivePossessive)
        }
        guard lemma.ends("ый") || lemma.ends("ой") || lemma.ends("ий") else {
            return addShortOnly(lemma, row)
        }
        let stem = lemma.dropping(2)
        addAdjectiveCases(stem, ending: lemma)
        // Adjectives of relation have neither short forms nor degrees.
        if stem.ends("ск") || stem.ends("цк"), row["sh"] == nil, row["cmp"] == nil { return }
        addShortMasculine(stem, row["sh"])
        if stem.isVelar {
            add(stem, .shortVelar)
        } else if stem.isHusher {
            add(stem, .shortHusher)
        } else if lemma.ends("ий") {
            add(stem, .shortSoft)
        } else {
            add(stem, .shortHard)
        }
        if row["cmp"] == nil { addComparative(stem) }
    }

    private mutating func addShortMasculine(_ stem: ArraySlice<UInt8>, _ key: ArraySlice<UInt8>?) {
        if key != nil { return addForms(key, .shortBare) }
        // The table tells where a vowel is put in; elsewhere there is no short masculine in use.
        if stem.ends("нн") { return add(stem.dropping(1), .shortBare) }
        if stem.lastLetter == "н" || stem.lastLetter == "к", !stem.dropping(1).endsWithVowel {
            return
        }
        add(stem, .shortBare)
    }

    private mutating func addComparative(_ stem: ArraySlice<UInt8>) {
        switch stem.lastLetter {
        case "к": add(stem.dropping(1), "ч", .comparativeInE)
        case "г": add(stem.dropping(1), "ж", .comparativeInE)
        case "х": add(stem.dropping(1), "ш", .comparativeInE)
        default: add(stem, [.comparative, .comparativeInE])
        }
    }

    /// рад, должен; мамин, отцов; сам.
    private mutating func addShortOnly(_ lemma: ArraySlice<UInt8>, _ row: LexiconRow) {
        add(lemma, .bare)
        addForms(row["sh"], .bare)
        if lemma.equals("сам") {
            return add(lemma, [.adjectiveVelar, .shortHard, .shortVelar])
        }
        if lemma.ends("ов") || lemma.ends("ев") || lemma.ends("ин") || lemma.ends("ын") {
            add(lemma, [.adjectiveHard, .shortHard, .masculineHard])
        } else if lemma.ends("ен"), lemma.dropping(2).endsWithConsonant {
            add(lemma.dropping(2), "н", .shortHard)
        } else {
            add(lemma, .shortHard)
        }
    }
}
