import TextAnalysis

/// Reads what a word of running text may be.
struct WordReader {
    let lists: [MentionList]
    let vocabulary: NameVocabulary

    /// Shorter keys join too many words.
    private static let shortestKey = 3

    /// Fills in all that is kept of a word.
    func read(_ token: NameToken, _ folded: [UInt8], into word: inout TextWords.Word) {
        let isNumber = token.shape.contains(.number)
        word.key = isNumber ? [] : ScriptKey.key(of: folded)
        readMeanings(token, folded, &word)
        readShape(token, folded, &word)
        if token.letterCount > 1 || isNumber { readForms(token, folded, &word) }
        readAnchors(&word)
    }

    // MARK: Meanings

    private func readMeanings(
        _ token: NameToken, _ folded: [UInt8], _ word: inout TextWords.Word
    ) {
        guard token.letterCount > 1, !word.key.isEmpty else { return }
        word.nodes = vocabulary.trie.next(
            [FormTrie.root], NameVocabulary.lookupKey(word.key, folded[...]),
            takesAcronyms: token.capitalCount > 1)
        word.concepts = vocabulary.trie.concepts(word.nodes)
        if !word.nodes.isEmpty { word.traits.insert(.startsForm) }
        for concept in word.concepts {
            let concept = vocabulary.concepts[Int(concept)]
            switch concept.kind {
            case .place: word.traits.insert(.place)
            case .people: word.traits.insert([.people, .meaning])
            case .legal, .marker: word.traits.insert([.joining, .word, .meaning])
            default: word.traits.insert([.word, .meaning])
            }
            if concept.kind == .type,
                token.script != .cyrillic
                    || Self.possessed.contains(where: { folded.suffix($0.count) == $0[...] })
            {
                word.traits.insert(.type)
            }
            if concept.kind == .area { word.traits.insert(.area) }
            // «им» and «ат» are words of the languages too.
            if concept.slug == Eponyms.slug,
                token.letterCount > 2 || token.shape.contains(.precedesStop)
            {
                word.traits.insert(.namedAfter)
            }
        }
    }

    // MARK: Shape

    private func readShape(_ token: NameToken, _ folded: [UInt8], _ word: inout TextWords.Word) {
        let letters = folded[...]
        if vocabulary.cues.titles.contains(folded) { word.traits.insert(.title) }
        if let rests = vocabulary.cues.speech[folded] {
            word.traits.insert(rests.contains([]) ? [.speech, .speechStart] : .speechStart)
        }
        if Self.endings.contains(folded) { word.traits.insert(.ending) }
        if Self.prepositions.contains(folded) { word.traits.insert(.preposition) }
        if Self.particles.contains(folded) { word.traits.insert(.particle) }
        if Self.streets.contains(where: { folded.starts(with: $0) }), folded != Self.streetsOf {
            word.traits.insert(.street)
        }
        if Self.locatives.contains(where: {
            letters.count > 8 && letters.suffix($0.count) == $0[...]
        }) {
            word.traits.insert(.locative)
        }
        if Self.genitives.contains(where: {
            letters.count > 8 && letters.suffix($0.count) == $0[...]
        }) {
            word.traits.insert(.genitive)
        }
        if token.script == .cyrillic, Self.hasKazakhLetter(folded) { word.traits.insert(.kazakh) }
        guard token.capitalCount > 0 else { return }
        if PersonEndings.patronymicBase(of: letters) != nil { word.traits.insert(.patronymic) }
        if PersonEndings.surnameBase(of: letters) != nil {
            word.traits.insert(.surname)
            if PersonEndings.isFeminine(letters) { word.traits.insert(.feminine) }
        }
        if Self.isRelation(letters) { word.traits.insert(.adjective) }
    }

    /// Whether a word has the ending of what belongs to a place: российский, ресейлік.
    static func isRelation(_ letters: ArraySlice<UInt8>) -> Bool {
        PersonEndings.isAdjective(letters)
            || relations.contains { letters.suffix($0.count) == $0[...] }
    }

    /// ә ғ қ ң ө ұ ү һ; і alone may be Ukrainian.
    private static func hasKazakhLetter(_ folded: [UInt8]) -> Bool {
        var last: UInt8 = 0
        for byte in folded {
            if last == 0xD2, [0x93, 0x9B, 0xA3, 0xB1, 0xAF, 0xBB].contains(byte) { return true }
            if last == 0xD3, byte == 0x99 || byte == 0xA9 { return true }
            last = byte
        }
        return false
    }

    private static func list(_ words: String) -> Set<[UInt8]> {
        Set(words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Array($0.utf8) })
    }

    private static let endings = list(
        """
        ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті да де та те дан ден тан тен
        нан нен мен бен пен дағы дегі тағы тегі нда нде ндағы ндегі сы сі лар лер дар дер тар тер
        ларға лерге s а у ом е
        """)
    private static let prepositions = list("в во из под in at from near to")
    private static let particles = list(
        "ұлы улы uly қызы кызы kyzy де да ди дель ван фон аль бин бен ибн ла ле de da di del van von al bin ibn la le der"
    )
    private static let streets = Array(
        list(
            """
            улиц проспект площад бульвар переулок шоссе сквер көше даңғыл алаң бульвары
            street avenue square prospekt
            """))
    /// Театры, университетінің: what belongs to a name before it.
    private static let possessed = Array(
        list("ы і ының інің ында інде ына іне ынан інен ымен імен ындағы індегі ын ін"))
    /// Қазақстандық, үкіметтік: what belongs to a place or a body.
    private static let relations = Array(list("дық дік тық тік лық лік"))
    /// Streets of a town rather than one that bears its name.
    private static let streetsOf = Array("улицы".utf8)
    private static let genitives = Array(list("ның нің дың дің тың тің"))
    private static let locatives = Array(
        list("да де та те дағы дегі тағы тегі нда нде ндағы ндегі"))

    // MARK: Forms of lists

    private func readForms(_ token: NameToken, _ folded: [UInt8], _ word: inout TextWords.Word) {
        let isCapitalized = token.capitalCount > 0
        let letters = folded[...]
        let bases =
            token.shape.contains(.number)
            ? [] : CaseEndings.bases(of: letters, script: token.script)
        add(exact: folded, &word)
        for base in bases { add(exact: Array(base), &word) }
        if token.script == .cyrillic, !token.shape.contains(.number) {
            for nominative in RussianNominative.candidates(of: letters) {
                add(exact: nominative, &word)
            }
        }
        if !word.forms.isEmpty { word.traits.insert(.known) }
        guard isCapitalized, !token.shape.contains(.number) else { return }
        var sounds = SoundReader()
        func key(_ letters: ArraySlice<UInt8>) -> [UInt8] {
            sounds.read(letters, script: token.script)
            return NameKey(sounds.sounds).primary
        }
        let own = key(letters)
        add(key: own, &word)
        addStems(own, &word)
        note(own, &word)
        if vocabulary.cues.given.contains(folded) {
            word.traits.insert([.given, .spelledGiven])
        } else if vocabulary.cues.isGiven(letters, key: own) {
            word.traits.insert(.given)
        }
        for base in bases where base.count >= 6 {
            // Тоқаевтың has the ending of a surname before that of a case.
            if PersonEndings.surnameBase(of: base) != nil { word.traits.insert(.surname) }
            let stem = key(base)
            add(key: stem, &word)
            note(stem, &word)
            if !word.traits.contains(.spelledGiven),
                vocabulary.cues.isInflectedGiven(folded, Array(base))
            {
                word.traits.insert([.given, .spelledGiven, .inflectedGiven])
            }
        }
        if let count = PersonEndings.patronymicBase(of: letters) {
            add(exact: folded + [0], &word)
            add(patronymic: key(letters.prefix(count)), &word)
        } else if let count = PersonEndings.surnameBase(of: letters) {
            add(patronymic: key(letters.prefix(count)), &word)
        }
    }

    private func note(_ key: [UInt8], _ word: inout TextWords.Word) {
        guard key.count >= 2 else { return }
        let hash = KeyTable.hash(key)
        if !word.nameKeys.contains(hash) { word.nameKeys.append(hash) }
    }

    private func add(exact folded: [UInt8], _ word: inout TextWords.Word) {
        for (number, list) in lists.enumerated() {
            if let form = list.directory.forms.number(of: folded) {
                append(.init(list: UInt8(number), form: form, isExact: true), &word)
            }
        }
    }

    private func add(key: [UInt8], _ word: inout TextWords.Word) {
        guard key.count >= Self.shortestKey else { return }
        for (number, list) in lists.enumerated() {
            for form in list.directory.primary[KeyTable.hash(key)].prefix(16)
            where !list.isPatronymic[Int(form)] {
                append(.init(list: UInt8(number), form: form, isExact: false), &word)
            }
        }
    }

    private func addStems(_ key: [UInt8], _ word: inout TextWords.Word) {
        guard key.count >= Self.shortestKey else { return }
        for (number, list) in lists.enumerated() {
            for form in list.forms(ofStem: key).prefix(16) {
                append(.init(list: UInt8(number), form: form, isExact: false), &word)
            }
        }
    }

    private func add(patronymic key: [UInt8], _ word: inout TextWords.Word) {
        guard key.count >= Self.shortestKey else { return }
        for (number, list) in lists.enumerated() {
            for form in list.directory.primary[KeyTable.hash(key)].prefix(16)
            where list.isPatronymic[Int(form)] {
                append(.init(list: UInt8(number), form: form, isExact: false), &word)
            }
        }
    }

    private func append(_ form: TextWords.Form, _ word: inout TextWords.Word) {
        guard !word.forms.contains(where: { $0.list == form.list && $0.form == form.form }) else {
            return
        }
        word.forms.append(form)
    }

    // MARK: Anchors

    private func readAnchors(_ word: inout TextWords.Word) {
        for form in word.forms {
            for name in lists[Int(form.list)].names(anchoredAt: form.form) {
                word.anchors.append(.init(list: form.list, name: name))
            }
        }
        for (number, list) in lists.enumerated() {
            for concept in word.concepts {
                for name in list.names(anchoredAtConcept: concept)
                where !word.anchors.contains(where: { $0.list == number && $0.name == name }) {
                    word.anchors.append(.init(list: UInt8(number), name: name))
                }
            }
        }
        if !word.anchors.isEmpty { word.traits.insert(.anchor) }
    }
}
