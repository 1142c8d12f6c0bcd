/// The paradigm of a Russian lemma: its stems with the sets of endings each takes.
///
/// Follows the class of the row and its key forms; what a key does not tell follows from the last
/// letters by the rules of spelling. A rare form too many (an imperative in both -и and -ь where
/// the stress decides) is taken rather than one too few.
struct RussianParadigm {
    /// A stem, in `bytes`, and the sets of endings it takes.
    struct Stem {
        var range: Range<Int>
        var sets: RussianEndings
    }

    /// The stems of the row, each once.
    private(set) var stems: [Stem] = []
    private(set) var bytes: [UInt8] = []
    /// A form that shows what Snowball makes of most forms.
    private(set) var representative: [UInt8] = []
    private var representativeStemCount = 0
    /// Whether all forms end with -ся or -сь.
    private(set) var isReflexive = false

    /// The representative form without its ending.
    var representativeStem: ArraySlice<UInt8> { representative.prefix(representativeStemCount) }

    /// Takes the stems of a row in place of the former ones.
    mutating func take(_ row: LexiconRow) throws(LexiconRow.Malformed) {
        stems.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        representative.removeAll(keepingCapacity: true)
        isReflexive = false
        switch row.wordClass {
        case .masculine: addMasculine(row)
        case .feminine: addFeminine(row)
        case .neuter: addNeuter(row)
        case .plural: addPlural(row.lemma, genitives: row["gpl"], gender: nil)
        case .adjective: addAdjective(row)
        case .verb: try addVerb(row)
        case .adverb:
            add(row.lemma, .bare)
            addForms(row["cmp"], .bare)
        case .other, .form: add(row.lemma, .bare)
        }
    }

    /// Takes the lemma and the forms of a row as they stand.
    mutating func takeForms(of row: LexiconRow) {
        stems.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        representative.removeAll(keepingCapacity: true)
        isReflexive = false
        add(row.lemma, .bare)
        for form in row.forms { add(form, .bare) }
    }

    mutating func add(_ stem: ArraySlice<UInt8>, _ sets: RussianEndings) { add(stem, "", sets) }

    /// Adds the stem `stem` + `tail`.
    mutating func add(_ stem: ArraySlice<UInt8>, _ tail: StaticString, _ sets: RussianEndings) {
        let start = bytes.count
        bytes.append(contentsOf: stem)
        tail.withUTF8Buffer { bytes.append(contentsOf: $0) }
        let range = start..<bytes.count
        if representative.isEmpty, !sets.isDisjoint(with: .representative) {
            representative.append(contentsOf: bytes[range])
            representativeStemCount = range.count
            representative.append(contentsOf: ending(sets))
        }
        for index in stems.indices where stems[index].range.count == range.count {
            if bytes[stems[index].range] == bytes[range] {
                stems[index].sets.formUnion(sets)
                bytes.removeLast(range.count)
                return
            }
        }
        stems.append(Stem(range: range, sets: sets))
    }

    /// Snowball hardly ever takes the end of a stem for a suffix before these.
    private func ending(_ sets: RussianEndings) -> [UInt8] {
        if !sets.isDisjoint(with: [.past, .pastWithoutMasculine]) {
            return isReflexive ? Self.reflexivePast : Self.past
        }
        if !sets.isDisjoint(with: [.adjectiveSoft, .adjectiveHusher]) { return Self.softAdjective }
        if !sets.isDisjoint(with: [.adjectiveHard, .adjectiveVelar]) { return Self.hardAdjective }
        let isSoft = !sets.isDisjoint(with: [.masculineSoft, .feminineSoft, .neuterSoft])
        return isSoft ? Self.softNoun : Self.hardNoun
    }

    private static let past = Array("ли".utf8)
    private static let reflexivePast = Array("лись".utf8)
    private static let softAdjective = Array("его".utf8)
    private static let hardAdjective = Array("ого".utf8)
    private static let softNoun = Array("ях".utf8)
    private static let hardNoun = Array("ах".utf8)

    /// Adds each form of a key, which strokes separate.
    mutating func addForms(_ key: ArraySlice<UInt8>?, _ sets: RussianEndings) {
        guard let key else { return }
        for form in key.split(separator: UInt8(ascii: "/")) { add(form, sets) }
    }

    mutating func beReflexive() { isReflexive = true }
}

// MARK: - Nouns

extension RussianParadigm {
    enum Gender {
        case masculine, feminine, neuter
    }

    private mutating func addMasculine(_ row: LexiconRow) {
        let lemma = row.lemma
        let genitive = row["gen"] ?? row.forms.first
        if let genitive, genitive.ends("ого") || genitive.ends("его") {
            return addAdjectivalNoun(lemma)
        }
        if lemma.ends("ый") { return addAdjectivalNoun(lemma) }
        if lemma.lastLetter == "а" || lemma.lastLetter == "я" {
            return addInA(row, gender: .masculine)
        }
        add(lemma, .bare)
        var stem = lemma.lastLetter == "ь" || lemma.lastLetter == "й" ? lemma.dropping(1) : lemma
        var isSoft = lemma.lastLetter == "ь" || lemma.lastLetter == "й"
        if lemma.lastLetter == "о" || lemma.lastLetter == "е" { stem = lemma.dropping(1) }
        if let genitive {
            stem = genitive.dropping(1)
            isSoft = genitive.lastLetter == "я"
            if genitive.lastLetter == "и" {
                add(stem, [.neuterInMya, .pluralSoft, .genitiveEy])
                return
            }
        }
        let isHusher = stem.isHusher || stem.lastLetter == "ц"
        add(stem, isSoft ? .masculineSoft : isHusher ? .masculineHusher : .masculineHard)
        if lemma.ends("ий") { add(stem, .locative) }
        if let plural = row["pl"] {
            for form in plural.split(separator: UInt8(ascii: "/")) {
                addPlural(form, genitives: row["gpl"], gender: .masculine)
            }
            return
        }
        if row["gpl"] == nil, let group = lemma.without("ин"), group.ends("ан") || group.ends("ян"),
            lemma.count >= 2 * 7
        {
            add(group, [.pluralInE, .genitiveBare])
            return
        }
        let sets: RussianEndings
        switch true {
        case isSoft: sets = .pluralSoft
        case stem.isVelar, stem.isHusher: sets = .pluralVelar
        default: sets = .pluralHard
        }
        add(stem, sets)
        if row["gpl"] != nil {
            addForms(row["gpl"], .bare)
        } else if isSoft {
            add(stem, stem.endsWithVowel || stem.lastLetter == "ь" ? .genitiveEv : .genitiveEy)
        } else if stem.isHusher {
            add(stem, .genitiveEy)
        } else {
            add(stem, stem.lastLetter == "ц" ? [.genitiveOv, .genitiveEv] : .genitiveOv)
        }
    }

    private mutating func addFeminine(_ row: LexiconRow) {
        let lemma = row.lemma
        if lemma.ends("яя") || (lemma.ends("ая") && lemma.count >= 2 * 6) {
            return addAdjectivalNoun(lemma)
        }
        guard lemma.lastLetter != "а", lemma.lastLetter != "я" else {
            return addInA(row, gender: .feminine)
        }
        add(lemma, .bare)
        let genitive = row["gen"] ?? row.forms.first
        let short = lemma.lastLetter == "ь" ? lemma.dropping(1) : lemma
        let stem = genitive?.dropping(1) ?? short
        add(stem, .thirdOblique)
        // мать, матерью; церковь, церковью.
        add(stem.count > lemma.count ? stem : short, .thirdInstrumental)
        if let plural = row["pl"] {
            return addPlural(plural, genitives: row["gpl"], gender: .feminine)
        }
        add(stem, stem.isHusher ? .pluralVelar : .pluralSoft)
        if row["gpl"] == nil {
            add(stem, .genitiveEy)
        } else {
            addForms(row["gpl"], .bare)
        }
        if stem.ends("ц") { add(stem, .pluralInA) }
        // церквам beside церквям.
        if stem.count < lemma.count - 2 { add(stem, .pluralInA) }
    }

    /// Nouns in -а and -я, feminine or masculine.
    private mutating func addInA(_ row: LexiconRow, gender: Gender) {
        let lemma = row.lemma
        let stem = lemma.dropping(1)
        let isSoft = lemma.lastLetter == "я"
        switch true {
        case isSoft: add(stem, .feminineSoft)
        case stem.isVelar: add(stem, .feminineVelar)
        case stem.isHusher: add(stem, .feminineHusher)
        case stem.lastLetter == "ц": add(stem, .feminineTs)
        default: add(stem, .feminineHard)
        }
        if let plural = row["pl"] {
            return addPlural(plural, genitives: row["gpl"], gender: gender)
        }
        switch true {
        case isSoft: add(stem, .pluralSoft)
        case stem.isVelar || stem.isHusher: add(stem, .pluralVelar)
        default: add(stem, .pluralHard)
        }
        addGenitivePlural(stem, isSoft: isSoft, genitives: row["gpl"])
    }

    private mutating func addNeuter(_ row: LexiconRow) {
        let lemma = row.lemma
        let stem = lemma.dropping(1)
        let plural = row["pl"]
        switch lemma.lastLetter {
        case "о":
            add(stem, .neuterHard)
            if plural == nil { add(stem, .pluralInA) }
        case "е":
            if lemma.ends("ое") || (lemma.ends("ее") && row.forms.isEmpty && lemma.count >= 2 * 6) {
                return addAdjectivalNoun(lemma)
            }
            if stem.isHusher || stem.lastLetter == "ц" {
                add(stem, .neuterHusher)
                if plural == nil { add(stem, .pluralInA) }
            } else {
                add(stem, .neuterSoft)
                if stem.lastLetter == "и" || stem.lastLetter == "ь" { add(stem, .locative) }
                if plural == nil { add(stem, .pluralInYa) }
            }
        case "я":
            add(lemma, .bare)
            let oblique = (row["gen"] ?? row.forms.first)?.dropping(1)
            if let oblique {
                add(oblique, .neuterInMya)
            } else {
                add(stem, "ен", .neuterInMya)
                if plural == nil { add(stem, "ен", [.pluralInA, .genitiveBare]) }
            }
            if let oblique, plural == nil { add(oblique, [.pluralInA, .genitiveBare]) }
            if let plural, row["gpl"] == nil { add(plural.dropping(1), .genitiveBare) }
        default: add(lemma, .bare)
        }
        if let plural {
            for form in plural.split(separator: UInt8(ascii: "/")) {
                addPlural(form, genitives: row["gpl"], gender: .neuter)
            }
            return
        }
        switch lemma.lastLetter {
        case "о": addGenitivePlural(stem, isSoft: false, genitives: row["gpl"])
        case "е" where row["gpl"] == nil:
            switch stem.lastLetter {
            case "и": add(stem, .genitiveY)
            case "ь": add(stem.dropping(1), [.genitiveIy])
            case "ж", "ш", "щ", "ч": add(stem, .genitiveBare)
            case "ц": addGenitivePlural(stem, isSoft: false, genitives: nil)
            default: add(stem, .genitiveEy)
            }
        default: addForms(row["gpl"], .bare)
        }
    }

    /// The cases of a plural from its nominative.
    mutating func addPlural(
        _ nominative: ArraySlice<UInt8>, genitives: ArraySlice<UInt8>?, gender: Gender?
    ) {
        let stem = nominative.dropping(1)
        if let genitives, genitives.ends("ых") || genitives.ends("их") {
            return addAdjectivalNoun(nominative)
        }
        switch nominative.lastLetter {
        case "ы": add(stem, .pluralHard)
        case "и": add(stem, stem.isVelar || stem.isHusher ? .pluralVelar : .pluralSoft)
        case "а": add(stem, .pluralInA)
        case "я": add(stem, .pluralInYa)
        case "е": add(stem, .pluralInE)
        default: return
        }
        if nominative.ends("люди") || nominative.ends("дети") {
            add(nominative.dropping(1), .instrumentalSoft)
        }
        if genitives != nil { return addForms(genitives, .bare) }
        if nominative.lastLetter == "е" { return add(stem, .genitiveBare) }
        if gender == .feminine || gender == .neuter {
            if nominative.lastLetter == "я", stem.lastLetter == "ь" {
                return add(stem, .genitiveEv)
            }
            let isSoft =
                nominative.lastLetter == "я" || (nominative.lastLetter == "и" && !stem.isVelar)
            return addGenitivePlural(stem, isSoft: isSoft, genitives: nil)
        }
        if stem.isHusher {
            add(stem, .genitiveEy)
        } else if nominative.lastLetter == "ы" || nominative.lastLetter == "а" || stem.isVelar {
            add(stem, stem.lastLetter == "ц" ? [.genitiveOv, .genitiveEv] : .genitiveOv)
        } else if stem.endsWithVowel || stem.lastLetter == "ь" {
            add(stem, .genitiveEv)
        } else {
            add(stem, .genitiveEy)
        }
    }

    /// The genitive plural of feminine and neuter nouns: without an ending, with a vowel between
    /// the last consonants where one must stand.
    private mutating func addGenitivePlural(
        _ stem: ArraySlice<UInt8>, isSoft: Bool, genitives: ArraySlice<UInt8>?
    ) {
        if genitives != nil { return addForms(genitives, .bare) }
        if isSoft {
            if stem.endsWithVowel { return add(stem, .genitiveY) }
            if stem.lastLetter == "ь" { return add(stem.dropping(1), [.genitiveIy, .genitiveEy]) }
            return add(stem, [.genitiveSoft, .genitiveEy])
        }
        let root = stem.dropping(1)
        guard stem.lastLetter == "к" || stem.lastLetter == "ц" else {
            return add(stem, .genitiveBare)
        }
        switch root.lastLetter {
        case "ь", "й":
            if stem.lastLetter == "к" {
                add(root.dropping(1), "ек", .genitiveBare)
            } else {
                add(root.dropping(1), "ец", .genitiveBare)
            }
        case "ж", "ч", "ш",
            "щ" where stem.lastLetter == "к":
            add(root, "ек", .genitiveBare)
        default:
            if !root.endsWithConsonant {
                add(stem, .genitiveBare)
            } else if stem.lastLetter == "к" {
                add(root, "ок", .genitiveBare)
            } else {
                add(root, "ец", .genitiveBare)
            }
        }
    }

    /// A noun declined as an adjective: столовая, рабочий, животное, данные.
    private mutating func addAdjectivalNoun(_ nominative: ArraySlice<UInt8>) {
        addAdjectiveCases(nominative.dropping(2), ending: nominative)
    }

    /// The full forms of an adjective by its stem; `ending` shows the nominative.
    mutating func addAdjectiveCases(_ stem: ArraySlice<UInt8>, ending: ArraySlice<UInt8>) {
        if ending.ends("ой") {
            add(stem, stem.isVelar || stem.isHusher ? .adjectiveVelar : .adjectiveHard)
        } else if stem.isVelar {
            add(stem, [.adjectiveVelar, .adjectiveInI])
        } else if stem.isHusher || (stem.lastLetter == "ц") {
            add(stem, [.adjectiveHusher, .adjectiveInI])
        } else if ending.ends("ий") || ending.ends("яя") || ending.ends("ее") || ending.ends("ие") {
            add(stem, [.adjectiveSoft, .adjectiveInI])
        } else {
            add(stem, [.adjectiveHard, .adjectiveInY])
        }
    }
}
