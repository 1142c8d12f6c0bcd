public import TextAnalysis

/// Gathers names and lays them out as a directory.
///
/// Not thread-safe. Names of one entity have to come one after another.
public final class NameDirectoryBuilder {
    private let vocabulary: NameVocabulary
    private let reader: NameReader
    private let acronyms: AcronymWriter
    private var directory = NameDirectory()
    private var keys: [Keys] = []
    private var formOccurrences: [UInt64] = []
    private var conceptOccurrences: [UInt64] = []
    private var acronymOccurrences: [UInt64] = []
    private var joinedOccurrences: [UInt64] = []

    /// The keys under which a form is found.
    private struct Keys {
        var whole: NameKey
        /// The hash of the primary key without the ending of a surname or a village.
        var bare: UInt32?
        /// The same where the vowel that the ending hides is a narrow one.
        var narrow: UInt32?
        var coarse: UInt32?
    }

    /// The fewest sounds of two words that are found as one.
    static let shortestJoined = 5

    /// A builder with a vocabulary.
    ///
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init(vocabulary: NameVocabulary) throws(AnalysisError) {
        self.vocabulary = vocabulary
        reader = try NameReader(vocabulary: vocabulary)
        reader.readsCases = false
        acronyms = AcronymWriter(vocabulary: vocabulary)
    }

    /// Adds a name of an entity; what holds no letters and no digits is left out.
    ///
    /// - Parameters:
    ///   - name: The name, of any length; of a very long one the beginning counts.
    ///   - entity: A number of the caller's.
    ///   - kind: Another, returned with the name.
    public func add(_ name: String, entity: UInt32, kind: UInt8 = 0) {
        let bytes = Array(name.utf8)
        let parsed = reader.read(bytes.span)
        guard !parsed.isEmpty else { return }
        let text = ArenaRange(
            start: UInt32(directory.texts.count), count: UInt32(min(bytes.count, 4096)))
        directory.texts += bytes.prefix(4096)
        for units in parsed.readings { add(units, entity, kind, text) }
    }

    /// Says in which places an entity is: who asks for it may name them, though no name of it does.
    ///
    /// - Parameters:
    ///   - entity: The number with which its names are added; once for each.
    ///   - places: Names of places; those that the vocabulary does not know are left out.
    public func locate(_ entity: UInt32, in places: [String]) {
        var concepts: [NameVocabulary.ConceptID] = []
        for unit in places.flatMap({ reader.read($0).units }) {
            for concept in unit.concepts
            where vocabulary.kind(concept) == .place && !concepts.contains(concept) {
                concepts.append(concept)
            }
        }
        guard !concepts.isEmpty else { return }
        directory.locations[entity] = ArenaRange(
            start: UInt32(directory.locationConcepts.count), count: UInt32(concepts.count))
        directory.locationConcepts += concepts
    }

    private func add(_ units: [NameUnit], _ entity: UInt32, _ kind: UInt8, _ text: ArenaRange) {
        let name = UInt32(directory.names.count)
        let start = UInt32(directory.units.count)
        for unit in units {
            let form = directory.forms.add(unit)
            if Int(form) == keys.count { keys.append(Self.keys(of: unit)) }
            directory.units.append(FoundUnit(unit, form: form))
            formOccurrences.append(UInt64(form) << 32 | UInt64(name))
            for concept in unit.concepts.prefix(2) {
                conceptOccurrences.append(UInt64(concept) << 32 | UInt64(name))
            }
        }
        for place in units.indices.dropLast()
        where units[place + 1].followsHyphen || units.count == 2 {
            if let key = Self.joinedKey(units[place], units[place + 1]) {
                joinedOccurrences.append(UInt64(KeyTable.hash(key)) << 32 | UInt64(name))
            }
        }
        for acronym in acronyms.acronyms(of: units) {
            acronymOccurrences.append(UInt64(acronym) << 32 | UInt64(name))
        }
        directory.names.append(
            .init(
                entity: entity, text: text,
                units: ArenaRange(start: start, count: UInt32(units.count)), kind: kind))
    }

    private static func keys(of unit: NameUnit) -> Keys {
        let bare = NameKey.primary(of: unit.bare)
        return Keys(
            whole: unit.key,
            bare: bare.count < 2 || bare == unit.key.primary ? nil : KeyTable.hash(bare),
            narrow: unit.bare.last == .anyVowel && bare.count > 2
                ? KeyTable.hash(NameKey.primary(of: Array(unit.bare.dropLast()))) : nil,
            coarse: NameKey.coarse(of: unit.sounds).map { KeyTable.hash($0) })
    }

    /// The primary key of two parts that may be written as one; `nil` where they may not.
    static func joinedKey(_ first: NameUnit, _ second: NameUnit) -> [UInt8]? {
        guard first.sounds.count > 1, second.sounds.count > 1, first.wordCount == 1,
            second.wordCount == 1,
            first.sounds.count + second.sounds.count >= shortestJoined,
            second.role != .patronymic, second.role != .surname || second.followsHyphen
        else { return nil }
        return NameKey.primary(of: first.sounds + second.sounds)
    }

    /// The directory of all names; the builder is empty afterwards.
    public func finish() -> NameDirectory {
        var result = directory
        directory = NameDirectory()
        let concepts = Int((conceptOccurrences.max() ?? 0) >> 32) + 1
        (result.formStarts, result.formNames) = Self.rows(
            formOccurrences, count: result.forms.forms.count)
        result.neighbours = NameNeighbours(result)
        (result.conceptStarts, result.conceptNames) = Self.rows(
            conceptOccurrences, count: conceptOccurrences.isEmpty ? 0 : concepts)
        result.formBits = NameBitmaps(
            result.formStarts, result.formNames, nameCount: result.names.count)
        result.conceptBits = NameBitmaps(
            result.conceptStarts, result.conceptNames, nameCount: result.names.count)
        var primary: [UInt64] = []
        var skeleton: [UInt64] = []
        var deletions: [UInt64] = []
        var coarse: [UInt64] = []
        for (form, keys) in keys.enumerated() where !keys.whole.primary.isEmpty {
            let number = UInt64(form)
            let key = keys.whole
            if let bare = keys.bare { primary.append(UInt64(bare) << 32 | number) }
            if let narrow = keys.narrow { primary.append(UInt64(narrow) << 32 | number) }
            if let hash = keys.coarse { coarse.append(UInt64(hash) << 32 | number) }
            primary.append(UInt64(KeyTable.hash(key.primary)) << 32 | number)
            skeleton.append(UInt64(KeyTable.hash(key.skeleton)) << 32 | number)
            guard key.primary.count >= NameLookup.shortestNear else { continue }
            for place in key.primary.indices {
                let hash = KeyTable.hash(key.primary, without: place)
                deletions.append(UInt64(hash) << 32 | number)
            }
        }
        result.primary = KeyTable(primary)
        result.skeleton = KeyTable(skeleton)
        result.coarse = KeyTable(coarse)
        result.deletions = KeyTable(deletions)
        result.acronyms = KeyTable(acronymOccurrences)
        result.joined = KeyTable(joinedOccurrences)
        reader.readsCases = true
        result.likenesses = LikenessTable(result, reader)
        reader.readsCases = false
        joinedOccurrences = []
        keys = []
        formOccurrences = []
        conceptOccurrences = []
        acronymOccurrences = []
        return result
    }

    /// Numbers by row, from pairs of a row and a number in the order of the numbers.
    private static func rows(_ pairs: [UInt64], count: Int) -> ([UInt32], [UInt32]) {
        var starts = [UInt32](repeating: 0, count: count + 1)
        for pair in pairs { starts[Int(pair >> 32) + 1] += 1 }
        if count > 0 { for row in 1...count { starts[row] += starts[row - 1] } }
        var next = starts
        var values = [UInt32](repeating: 0, count: pairs.count)
        for pair in pairs {
            let row = Int(pair >> 32)
            values[Int(next[row])] = UInt32(truncatingIfNeeded: pair)
            next[row] += 1
        }
        return (starts, values)
    }
}
