import Testing

@testable import InvertedIndex

struct FieldLengthCodeTests {
    @Test func `lengths up to 40 are exact and no length becomes greater`() {
        var previous: UInt8 = 0
        for length in 0...200_000 as ClosedRange<UInt32> {
            let code = FieldLengthCode.code(of: length)
            let decoded = FieldLengthCode.length(of: code)
            guard decoded <= length, length > 40 || decoded == length, code >= previous,
                length - decoded <= length / 8
            else {
                Issue.record("\(length) becomes \(decoded)")
                return
            }
            previous = code
        }
    }

    @Test func `every code stands for itself`() {
        for code in 0...255 as ClosedRange<UInt8> {
            #expect(FieldLengthCode.code(of: FieldLengthCode.length(of: code)) == code)
        }
    }

    @Test func `codes are those that other engines use`() {
        let known: [(code: UInt8, length: UInt32)] = [
            (39, 39), (40, 40), (41, 42), (42, 44), (48, 56), (49, 60), (56, 88), (57, 96),
            (64, 152), (255, 2_013_265_944),
        ]
        for (code, length) in known { #expect(FieldLengthCode.length(of: code) == length) }
        #expect(FieldLengthCode.code(of: .max) == 255)
    }
}
