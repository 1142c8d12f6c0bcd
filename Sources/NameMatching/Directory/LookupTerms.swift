/// What a part of an asked name may stand for in a directory.
struct LookupTerms {
    /// The most names that an acronym is taken for.
    private static let mostOfAcronym = 2000
    /// The most names that an acronym typed without capitals is taken for.
    private static let mostSmallAcronyms = 64

    /// Words, each once; only so many that short keys cost no more than long ones.
    private var words = FormSet()
    /// Meanings.
    private(set) var concepts: [NameVocabulary.ConceptID] = []
    /// Names for which it may stand as a whole: an acronym, two words that are one there.
    private(set) var names: [NameDirectory.NameID] = []
    /// Words that it may be together with the part behind it.
    private(set) var joined: [UInt32] = []

    /// What the table of likenesses has for it, unless that is among the words by now.
    private(set) var row: LikenessTable.Row?

    /// Words, each once, besides those of `row`.
    var forms: [UInt32] { words.forms }

    /// Forgets everything.
    mutating func removeAll() {
        words.removeAll()
        row = nil
        concepts.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        joined.removeAll(keepingCapacity: true)
    }

    /// Adds words of the same letters, the same sounds, the same meaning.
    mutating func addSame(_ unit: NameUnit, _ directory: NameDirectory) {
        concepts += unit.concepts
        if let known = directory.likenesses.row(of: unit, in: directory.forms) {
            row = known
            if known.hasNames { addNames(unit, directory) }
            return
        }
        addNames(unit, directory)
        guard unit.role != .initial else { return }
        if let form = directory.forms.number(of: unit.folded) { words.add(form) }
        guard unit.role != .number, !unit.key.primary.isEmpty else { return }
        add(directory.primary[KeyTable.hash(unit.key.primary)])
        for sounds in unit.stems { addPrimary(of: sounds, directory) }
        if !unit.bare.isEmpty { addPrimary(of: unit.bare, directory) }
        // Narrow vowels have no letter in keys: Айдарлы, айдарлинский.
        if unit.bare.last == .anyVowel { addPrimary(of: Array(unit.bare.dropLast()), directory) }
    }

    /// Adds names for which a part may stand as a whole.
    private mutating func addNames(_ unit: NameUnit, _ directory: NameDirectory) {
        switch unit.role {
        case .initial, .number: return
        case .acronym:
            var known: Set<NameDirectory.NameID> = []
            for hash in AcronymWriter.looseHashes(ofAsked: unit.folded) {
                // A name that has several of the acronyms counts once, as others do.
                for name in directory.acronyms[hash].prefix(Self.mostOfAcronym)
                where known.insert(name).inserted { names.append(name) }
            }
        case .word where unit.wordCount == 1 && unit.folded.count <= 14:
            // Who types no capitals may mean an acronym all the same.
            let letters = Array(String(decoding: unit.folded, as: UTF8.self).utf16)
            names += directory.acronyms[KeyTable.hash(letters)].prefix(Self.mostSmallAcronyms)
        default: break
        }
        guard !unit.key.primary.isEmpty else { return }
        if unit.sounds.count >= NameDirectoryBuilder.shortestJoined {
            names += directory.joined[KeyTable.hash(unit.key.primary)]
        }
    }

    /// Adds the words that a part and the one behind it may be together.
    mutating func addJoined(_ unit: NameUnit, _ next: NameUnit, _ directory: NameDirectory) {
        guard let key = NameDirectoryBuilder.joinedKey(unit, next) else { return }
        joined += directory.primary[KeyTable.hash(key)].prefix(64)
    }

    /// Adds words that have the same sounds where these are taken very widely.
    mutating func addCoarse(_ unit: NameUnit, _ directory: NameDirectory) {
        addRow(directory)
        for key in NameKey.coarseKeys(unit.sounds) {
            add(directory.coarse[KeyTable.hash(key)].prefix(128))
        }
    }

    /// Adds words of the same skeleton, and those whose keys are one letter away.
    mutating func addNear(_ unit: NameUnit, _ directory: NameDirectory) {
        addRow(directory)
        let key = unit.key.primary
        guard !key.isEmpty else { return }
        add(directory.skeleton[KeyTable.hash(unit.key.skeleton)].prefix(256))
        guard key.count + 1 >= NameLookup.shortestNear else { return }
        add(directory.deletions[KeyTable.hash(key)])
        for place in key.indices {
            let hash = KeyTable.hash(key, without: place)
            add(directory.primary[hash])
            add(directory.deletions[hash])
        }
    }

    /// Adds the words of the row, so that none of them comes again.
    private mutating func addRow(_ directory: NameDirectory) {
        guard let row else { return }
        for entry in directory.likenesses.entries(of: row) { words.add(entry.form) }
        self.row = nil
    }

    private mutating func addPrimary(of sounds: [NameSound], _ directory: NameDirectory) {
        let key = NameKey.primary(of: sounds)
        if !key.isEmpty { add(directory.primary[KeyTable.hash(key)]) }
    }

    private mutating func add(_ added: ArraySlice<UInt32>) { for form in added { words.add(form) } }
}
