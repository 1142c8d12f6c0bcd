import Foundation
import InvertedIndex

/// Counts over all documents of a reference index, deleted ones included.
struct ReferenceStatistics: Sendable {
    var documentCount = 0
    var documentFrequencies: [FieldID: [[UInt8]: Int]] = [:]
    /// For each field the documents that have it.
    var fieldCounts: [FieldID: Int] = [:]
    var totalLengths: [FieldID: Int] = [:]

    init() {}

    init(entries: [ReferenceIndex.Entry], schema: IndexSchema) {
        documentCount = entries.count
        for (number, field) in schema.fields.enumerated() {
            guard case .text = field.kind else { continue }
            let id = FieldID(rawValue: UInt16(number))
            for entry in entries {
                let length = entry.counts.lengths[id] ?? 0
                if length > 0 { fieldCounts[id, default: 0] += 1 }
                totalLengths[id, default: 0] += length
                for term in (entry.counts.frequencies[id] ?? [:]).keys {
                    documentFrequencies[id, default: [:]][term, default: 0] += 1
                }
            }
        }
    }

    func inverseDocumentFrequency(_ frequency: Int) -> Double {
        let count = Double(documentCount)
        return log(1 + (count - Double(frequency) + 0.5) / (Double(frequency) + 0.5))
    }
}

/// Document lengths as one byte can hold them.
enum ReferenceLength {
    /// The 256 lengths: 0 to 39 exactly, then eight to each doubling of the rest above 24.
    static let representable: [Int] = {
        var values = Array(0..<24)
        for code in 0..<(256 - 24) {
            let mantissa = code % 8
            let exponent = code / 8
            values.append(24 + (exponent == 0 ? mantissa : (8 + mantissa) << (exponent - 1)))
        }
        return values
    }()

    /// The greatest representable length that is not above.
    static func rounded(_ length: Int) -> Int {
        representable.last { $0 <= length } ?? 0
    }
}

/// The textbook edit distance with exchanges of neighbours, over Unicode scalars.
public enum ReferenceEditDistance {
    /// The distance between two words of well-formed UTF-8; nil if one is not.
    public static func between(_ left: [UInt8], _ right: [UInt8]) -> Int? {
        guard let first = String(validating: left, as: UTF8.self),
            let second = String(validating: right, as: UTF8.self)
        else { return nil }
        let a = Array(first.unicodeScalars)
        let b = Array(second.unicodeScalars)
        var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count { table[i][0] = i }
        for j in 0...b.count { table[0][j] = j }
        for i in stride(from: 1, through: a.count, by: 1) {
            for j in stride(from: 1, through: b.count, by: 1) {
                var best = min(table[i - 1][j], table[i][j - 1]) + 1
                best = min(best, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    best = min(best, table[i - 2][j - 2] + 1)
                }
                table[i][j] = best
            }
        }
        return table[a.count][b.count]
    }
}
