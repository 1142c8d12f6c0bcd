import Testing
import TextAnalysis

@Suite struct PlainLetterTests {
    @Test func `the case of a plain letter is that of its character`() {
        var count = 0
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value), let isCapital = PlainLetter.isCapital(scalar)
            else { continue }
            count += 1
            let character = Character(scalar)
            #expect(character.isLetter && character.isUppercase == isCapital, "\(scalar)")
            #expect(character.isLowercase != isCapital, "\(scalar)")
            let small = String(PlainLetter.small(scalar))
            #expect(small == String(character).lowercased(), "\(scalar)")
        }
        #expect(PlainLetter.small("7") == "7" && PlainLetter.small("É") == "É")
        // Two alphabets of 26, 48 pairs of Cyrillic letters and 51 beyond.
        #expect(count == 52 + 96 + 102)
    }
}
