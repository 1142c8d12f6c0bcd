/// Verbs: finite forms, gerunds and participles in their cases.
extension RussianParadigm {
    /// What the key forms of a verb tell.
    private struct Verb {
        var infinitive: ArraySlice<UInt8>
        /// The first person singular without its ending, if there is one.
        var first: ArraySlice<UInt8>?
        /// The third person singular without its ending.
        var third: ArraySlice<UInt8>
        var isSecond: Bool
        /// The third person plural without its ending, and whether that was -ут, -ют, -ат, -ят.
        var plural: ArraySlice<UInt8>
        var pluralEnding: RussianEndings
        var isReflexive: Bool
    }

    mutating func addVerb(_ row: LexiconRow) throws(LexiconRow.Malformed) {
        guard row.forms.count >= 2 else {
            throw LexiconRow.Malformed(reason: "a verb needs its first and third person singular")
        }
        var infinitive = row.lemma
        let reflexive = infinitive.without("ся") ?? infinitive.without("сь")
        if let reflexive {
            infinitive = reflexive
            beReflexive()
        }
        if let stem = infinitive.without("ть") {
            add(stem, .infinitive)
        } else {
            add(infinitive, .bare)
        }
        let first = row.forms[0].equals("-") ? nil : plain(row.forms[0])
        let third = plain(row.forms[1])
        guard third.ends("т") else {
            // A verb without a present, such as one that is only past.
            guard row.forms[1].first == UInt8(ascii: "-") else {
                throw LexiconRow.Malformed(reason: "the third person singular ends with -т")
            }
            addPast(infinitive, nil, row["past"])
            return
        }
        var verb = Verb(
            infinitive: infinitive, first: first?.dropping(1), third: third.dropping(2),
            isSecond: third.ends("ит"), plural: [], pluralEnding: [],
            isReflexive: reflexive != nil)
        setPlural(&verb, row["pl3"].map(plain))
        addPresent(verb, first, third)
        addImperative(verb, row["imp"])
        if let stem = infinitive.without("ть"), stem.equals("бы") {
            // бывший and будущий are words of their own.
            return add(stem, [.past, .gerundV])
        }
        addPast(infinitive, verb.first ?? verb.third, row["past"])
        addPresentParticiples(verb)
        if !verb.isReflexive { addPassive(verb, row["past"]) }
    }

    /// A key form without -ся.
    private func plain(_ form: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        form.without("ся") ?? form.without("сь") ?? form
    }

    // MARK: - Present

    private func setPlural(_ verb: inout Verb, _ key: ArraySlice<UInt8>?) {
        if let key {
            verb.plural = key.dropping(2)
            verb.pluralEnding =
                key.ends("ут")
                ? .presentUt
                : key.ends("ют") ? .presentYut : key.ends("ат") ? .presentAt : .presentYat
        } else if verb.isSecond {
            verb.plural = verb.third
            verb.pluralEnding = verb.third.isHusher ? .presentAt : .presentYat
        } else {
            verb.plural = verb.first ?? verb.third
            let isSoft =
                verb.plural.endsWithVowel || verb.plural.lastLetter == "ь"
                || verb.plural.lastLetter == "л" || verb.plural.lastLetter == "р"
            verb.pluralEnding = isSoft ? [.presentUt, .presentYut] : .presentUt
            if verb.plural.endsWithVowel || verb.plural.lastLetter == "ь" {
                verb.pluralEnding = .presentYut
            }
        }
    }

    private mutating func addPresent(
        _ verb: Verb, _ first: ArraySlice<UInt8>?, _ third: ArraySlice<UInt8>
    ) {
        if let stem = verb.first, let first {
            switch first.lastLetter {
            case "у": add(stem, .presentU)
            case "ю": add(stem, .presentYu)
            default: add(first, .bare)
            }
        }
        if third.ends("ст") {
            add(third.dropping(2), .presentOld)
            add(verb.plural, .presentOldPlural)
        } else {
            add(verb.third, verb.isSecond ? .presentSecond : .presentFirst)
        }
        var ending = verb.pluralEnding
        if ending == [.presentUt, .presentYut], let first {
            ending = first.lastLetter == "ю" ? .presentYut : .presentUt
        }
        if first == nil, verb.isSecond, !verb.third.isHusher { ending = .presentYat }
        add(verb.plural, ending)
        if !verb.isSecond, verb.pluralEnding == .presentYat || verb.pluralEnding == .presentAt {
            add(verb.plural, .presentOldPlural)
        }
    }

    private mutating func addImperative(_ verb: Verb, _ key: ArraySlice<UInt8>?) {
        if let key {
            for form in key.split(separator: UInt8(ascii: "/")) {
                add(plain(form), .imperativeBare)
            }
            return
        }
        if let stem = verb.infinitive.without("вать"), verb.infinitive.ends("авать"),
            verb.third.lastLetter == "а", verb.third.count <= stem.count
        {
            add(stem, "ва", .imperativeY)
        } else if verb.plural.lastLetter == "ь" {
            add(verb.plural.dropping(1), "е", .imperativeY)
        } else if verb.plural.endsWithVowel {
            add(verb.plural, [.imperativeY, .imperativeI])
        } else {
            let cluster = verb.plural.dropping(1)
            let hasCluster = cluster.endsWithConsonant || cluster.lastLetter == "ь"
            add(verb.plural, hasCluster ? .imperativeI : [.imperativeI, .imperativeSoft])
        }
    }

    private mutating func addPresentParticiples(_ verb: Verb) {
        switch verb.pluralEnding {
        case .presentUt: add(verb.plural, .activeU)
        case .presentYut: add(verb.plural, .activeYu)
        case .presentAt: add(verb.plural, .activeA)
        case .presentYat: add(verb.plural, .activeYa)
        default: add(verb.plural, [.activeU, .activeYu])
        }
        let isOld = verb.infinitive.ends("авать") && verb.third.lastLetter == "а"
        let gerund = isOld ? verb.infinitive.dropping(2) : verb.plural
        if gerund.isHusher {
            add(gerund, .gerundA)
        } else if !gerund.isVelar, gerund.lastLetter != "ь" {
            add(gerund, .gerundYa)
        }
        if verb.isReflexive { return }
        if verb.isSecond {
            add(verb.third, .passivePresentI)
        } else if gerund.endsWithVowel {
            add(gerund, .passivePresentE)
        }
    }

    // MARK: - Past

    private mutating func addPast(
        _ infinitive: ArraySlice<UInt8>, _ first: ArraySlice<UInt8>?, _ key: ArraySlice<UInt8>?
    ) {
        if let key {
            let forms = key.split(separator: UInt8(ascii: "/")).map(plain)
            addPast(
                masculine: forms[0], feminine: forms.count > 1 ? forms[1] : nil, infinitive, first)
            // достиг and достигнул.
            if infinitive.ends("нуть") { addVowelPast(infinitive.dropping(2)) }
            return
        }
        if let prefix = infinitive.without("йти") ?? (infinitive.equals("идти") ? [] : nil) {
            add(prefix, "шел", .bare)
            add(prefix, "ш", .pastWithoutMasculine)
            add(prefix, "шед", [.activePast, .gerundShi])
        } else if let stem = infinitive.without("сть") ?? infinitive.without("сти") {
            let present = first ?? stem
            if infinitive.ends("сти"),
                present.lastLetter == "с" || present.lastLetter == "з"
                    || present.lastLetter == "б"
            {
                add(present, .shortBare)
                add(present, [.pastWithoutMasculine, .activePast, .gerundShi])
            } else {
                add(stem, .past)
                if infinitive.ends("сти") {
                    add(present, [.activePast, .gerundShi])
                } else {
                    add(stem, [.gerundV, .activePastV])
                }
            }
        } else if infinitive.ends("ть") {
            addVowelPast(infinitive.dropping(2))
        } else if let first {
            add(first, .bare)
            add(first, [.pastWithoutMasculine, .activePast, .gerundShi])
        }
    }

    private mutating func addVowelPast(_ stem: ArraySlice<UInt8>) {
        add(stem, [.past, .gerundV, .activePastV])
    }

    private mutating func addPast(
        masculine: ArraySlice<UInt8>, feminine: ArraySlice<UInt8>?,
        _ infinitive: ArraySlice<UInt8>, _ first: ArraySlice<UInt8>?
    ) {
        add(masculine, .bare)
        guard masculine.lastLetter == "л" else {
            let stem = feminine?.without("ла") ?? masculine
            add(stem, .pastWithoutMasculine)
            add(masculine, [.activePast, .gerundShi])
            return
        }
        let stem = feminine?.without("ла") ?? masculine.dropping(1)
        add(stem, .pastWithoutMasculine)
        if let prefix = masculine.without("шел") {
            add(prefix, "шед", [.activePast, .gerundShi])
        } else if infinitive.ends("сти"), let first {
            add(first, [.activePast, .gerundShi])
        } else {
            add(masculine.dropping(1), [.gerundV, .activePastV])
        }
    }

    // MARK: - Passive participles

    private mutating func addPassive(_ verb: Verb, _ past: ArraySlice<UInt8>?) {
        let infinitive = verb.infinitive
        guard infinitive.ends("ть") else {
            return add(verb.third, .passiveEn)
        }
        let stem = infinitive.dropping(2)
        switch stem.lastLetter {
        case "а", "я":
            // начать, начну: начатый; but стонать, стону.
            let present = verb.first ?? verb.third
            let isNasal =
                !verb.isSecond && (present.lastLetter == "н" || present.lastLetter == "м")
                && !stem.starts(with: present)
            add(stem, isNasal ? [.passiveT, .passiveN] : .passiveN)
            if verb.isSecond, let first = verb.first, first.isEmpty == false {
                add(verb.third, .passiveEn)
            }
        case "и":
            if !verb.isSecond { return add(stem, .passiveT) }
            let first = verb.first ?? verb.third
            add(first, .passiveEn)
            // освобожу, but освобожденный.
            if first.lastLetter == "ж", stem.ends("ди") {
                add(first, "д", .passiveEn)
            }
        case "е":
            if let past, let masculine = past.split(separator: UInt8(ascii: "/")).first,
                masculine.lastLetter == "р"
            {
                return add(masculine, .passiveT)
            }
            add(verb.isSecond ? verb.third : stem, verb.isSecond ? .passiveEn : .passiveT)
        case "у", "ы", "о": add(stem, .passiveT)
        case "с", "з": add(verb.third, .passiveEn)
        default: break
        }
    }
}
