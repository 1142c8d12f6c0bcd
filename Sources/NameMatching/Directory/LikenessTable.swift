import TextAnalysis

/// What the words of a directory find in it when they are asked for themselves: the words of the
/// same sounds, with their likenesses.
///
/// Who asks for a name mostly spells its words as some name of a long list does. For those nothing
/// has to be searched and measured: it was done once, by the very code that does it for other words.
///
/// Invariant: the entries of a row are those of `LookupTerms.addSame` for its word, in their order.
struct LikenessTable: Sendable {
    /// A word that a word of the directory may be.
    struct Entry: Sendable {
        var form: UInt32
        /// How alike they are; 0 where they are not.
        var value: Float
        /// In how many names it stands.
        var nameCount: UInt32
        var relation: NameRelation
    }

    /// What is known of a word.
    struct Row: Sendable {
        fileprivate var start: UInt32 = 0
        fileprivate var count: UInt16 = 0
        /// How many endings of cases it may have.
        fileprivate var stemCount: UInt8 = 0
        fileprivate var isKnown = false
        /// Whether names may stand for it as a whole.
        var hasNames = false

        fileprivate var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    }

    /// By the number of the word.
    private var rows: [Row] = []
    private var entries: [Entry] = []

    /// No words.
    init() {}

    /// The words of a directory that is laid out but for this table.
    init(_ directory: borrowing NameDirectory, _ reader: NameReader) {
        let forms = directory.forms
        var terms = LookupTerms()
        var words = WordLikeness()
        rows.reserveCapacity(forms.forms.count)
        for (number, form) in forms.forms.enumerated() {
            var row = Row()
            let folded = forms.folded(UInt32(number))
            if let unit = Self.unit(folded, form, reader) {
                terms.removeAll()
                terms.addSame(unit, directory)
                words.ask(for: 1)
                row.start = UInt32(entries.count)
                row.count = UInt16(terms.forms.count)
                row.stemCount = UInt8(truncatingIfNeeded: unit.stems.count)
                row.isKnown = true
                row.hasNames = !terms.names.isEmpty
                for found in terms.forms {
                    let likeness = words.likeness([unit], 0, found, in: forms)
                    entries.append(
                        Entry(
                            form: found, value: likeness?.value ?? 0,
                            nameCount: UInt32(directory.nameCount(ofForm: found)),
                            relation: likeness?.relation ?? .missing))
                }
            }
            rows.append(row)
        }
    }

    /// A word as it is read when it is asked for; `nil` for what is no single word.
    private static func unit(
        _ folded: ArraySlice<UInt8>, _ form: NameForms.Form, _ reader: NameReader
    ) -> NameUnit? {
        guard form.sounds.count > 0, !folded.contains(0x20) else { return nil }
        let unit = reader.word(folded, script: form.script)
        guard !unit.sounds.isEmpty, (unit.role == .patronymic) == form.isPatronymic else {
            return nil
        }
        return unit
    }

    /// What is known of a part of an asked name; `nil` if it is no word of the directory.
    func row(of unit: NameUnit, in forms: borrowing NameForms) -> Row? {
        switch unit.role {
        case .word, .surname, .patronymic: break
        case .concept, .initial, .number, .acronym: return nil
        }
        guard !rows.isEmpty,
            let number = forms.number(
                of: unit.folded, isPatronymic: unit.role == .patronymic)
        else { return nil }
        let row = rows[Int(number)]
        // Readers may leave the cases of words out.
        guard row.isKnown, row.stemCount == UInt8(truncatingIfNeeded: unit.stems.count),
            forms.forms[Int(number)].script == unit.script
        else { return nil }
        return row
    }

    /// The words of a row.
    func entries(of row: Row) -> ArraySlice<Entry> { entries[row.range] }

    /// How many bytes it takes.
    var byteCount: Int {
        rows.count * MemoryLayout<Row>.stride + entries.count * MemoryLayout<Entry>.stride
    }
}
