import TestSupport
import Testing

@testable import InvertedIndex

struct ImpactCodeTests {
    @Test(arguments: SeededGenerator.seeds(2))
    func `a code is never below its number and little above it`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10_000 {
            let number =
                Float.random(in: 1...2, using: &generator)
                * Float(
                    sign: .plus, exponent: Int.random(in: -30...30, using: &generator),
                    significand: 1)
            let bound = ImpactCode.number(ImpactCode.code(of: number))
            #expect(bound >= number && bound <= number * 1.001, "\(number)")
        }
    }

    @Test func `codes ascend and each stands for its own number`() {
        for code in UInt16(1)..<UInt16.max {
            #expect(ImpactCode.code(of: ImpactCode.number(code)) == code)
            #expect(ImpactCode.number(code) < ImpactCode.number(code + 1))
        }
    }

    @Test func `the ends stand for nothing and for whatever is greater`() {
        #expect(ImpactCode.code(of: 0) == 0 && ImpactCode.number(0) == 0)
        #expect(ImpactCode.number(ImpactCode.code(of: .infinity)) == .infinity)
        #expect(ImpactCode.number(ImpactCode.code(of: .greatestFiniteMagnitude)) == .infinity)
        #expect(ImpactCode.number(ImpactCode.code(of: .leastNonzeroMagnitude)) > 0)
    }
}
