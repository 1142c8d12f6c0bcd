import TestSupport
import Testing
import TextAnalysis

@testable import NameMatching

/// What is laid out for the words of a directory against what is found out for them one by one.
@Suite struct LikenessTableTests {
    /// The directory of the labelled pairs without its table.
    static let plain: NameDirectory = {
        var directory = DirectoryTests.directory
        directory.likenesses = LikenessTable()
        return directory
    }()

    @Test func `a row has the words of the same sounds with their likenesses`() throws {
        let directory = DirectoryTests.directory
        let reader = try NameReader(vocabulary: ShippedNames.vocabulary)
        var terms = LookupTerms()
        var words = WordLikeness()
        var found = 0
        for (number, form) in directory.forms.forms.enumerated() {
            let unit = reader.word(directory.forms.folded(UInt32(number)), script: form.script)
            guard let row = directory.likenesses.row(of: unit, in: directory.forms) else {
                continue
            }
            found += 1
            terms.removeAll()
            terms.addSame(unit, Self.plain)
            words.ask(for: 1)
            let entries = directory.likenesses.entries(of: row)
            #expect(entries.map(\.form) == terms.forms)
            #expect(row.hasNames == !terms.names.isEmpty)
            for entry in entries {
                let likeness = words.likeness([unit], 0, entry.form, in: directory.forms)
                #expect(entry.value == likeness?.value ?? 0)
                #expect(entry.relation == likeness?.relation ?? .missing)
                #expect(Int(entry.nameCount) == directory.names(ofForm: entry.form).count)
            }
        }
        #expect(found * 2 > directory.formCount, "most words are single words")
    }

    @Test func `words that are read without their cases are none of the table`() throws {
        let reader = try NameReader(vocabulary: ShippedNames.vocabulary)
        let unit = reader.word(Array("тоқаева".utf8)[...], script: .cyrillic)
        reader.readsCases = false
        let other = reader.word(Array("тоқаева".utf8)[...], script: .cyrillic)
        #expect(!unit.stems.isEmpty && other.stems.isEmpty)
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add("Айжан Тоқаева", entity: 1)
        let directory = builder.finish()
        #expect(directory.likenesses.row(of: unit, in: directory.forms) != nil)
        #expect(directory.likenesses.row(of: other, in: directory.forms) == nil)
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `hits are those of a directory without the table`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        for name in DirectoryTests.names.shuffled(using: &generator).prefix(150) {
            var letters = Array(name)
            if Bool.random(using: &generator), letters.count > 3 {
                letters.remove(at: Int.random(in: 0..<letters.count, using: &generator))
            }
            let asked = lookup.read(String(letters))
            #expect(
                lookup.hits(asked, in: DirectoryTests.directory, limit: 5)
                    == lookup.hits(asked, in: Self.plain, limit: 5), "\(String(letters))")
        }
    }
}
