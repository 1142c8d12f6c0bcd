import InvertedIndex

/// Keys for tests, and how a search by them has to answer, the slow way.
enum TermKeyModel {
    /// Folds what the words of `RandomIndex` are made of: `a` and `e` sound alike, `д` as `d`, `қ`
    /// as `c`; doubled letters count once; words that begin with `b` have no key.
    static func key(of term: [UInt8]) -> [UInt8] {
        var key: [UInt8] = []
        for scalar in String(decoding: term, as: UTF8.self).unicodeScalars {
            let letter: UInt8
            switch scalar {
            case "e": letter = UInt8(ascii: "a")
            case "д": letter = UInt8(ascii: "d")
            case "қ": letter = UInt8(ascii: "c")
            default: letter = UInt8(truncatingIfNeeded: scalar.value)
            }
            if key.last != letter { key.append(letter) }
        }
        return key.first == UInt8(ascii: "b") ? [] : key
    }

    static let keying = TermKeying { term, key in
        for byte in Self.key(of: (0..<term.count).map { term[$0] }) { key.append(byte) }
    }

    typealias Entry = (key: [UInt8], term: [UInt8], frequency: Int)

    /// The entries of several fields of which the frequencies are known.
    static func entries(_ fields: [[[UInt8]: Int]]) -> [Entry] {
        var frequencies: [[UInt8]: Int] = [:]
        for field in fields { frequencies.merge(field) { $0 + $1 } }
        return frequencies.map { (key(of: $0.key), $0.key, $0.value) }.filter { !$0.key.isEmpty }
    }

    static func isBefore(_ left: Entry, _ right: Entry) -> Bool {
        if left.frequency != right.frequency { return left.frequency > right.frequency }
        if left.key != right.key { return left.key.lexicographicallyPrecedes(right.key) }
        return left.term.lexicographicallyPrecedes(right.term)
    }
}
