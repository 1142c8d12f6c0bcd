import Foundation
import TestSupport

/// One change to a file of an index, as a bad disk or a bad operator makes it.
enum Damage: CaseIterable {
    case flipBit, truncate, extend, zeroPage, delete, swapFiles, randomBytes

    /// Changes files of a folder by chance.
    ///
    /// - Returns: what was done; `nil` where the bytes are as before.
    func apply(
        to files: [String], in folder: String, _ generator: inout SeededGenerator
    ) throws -> String? {
        guard let name = files.randomElement(using: &generator) else { return nil }
        let url = URL(fileURLWithPath: "\(folder)/\(name)")
        var bytes = [UInt8](try Data(contentsOf: url))
        let before = bytes
        guard !bytes.isEmpty else { return nil }
        let place = Int.random(in: bytes.indices, using: &generator)
        switch self {
        case .flipBit: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case .truncate: bytes.removeSubrange(place...)
        case .extend:
            let count = Int.random(in: 1...5000, using: &generator)
            bytes += (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        case .zeroPage:
            let start = place / 4096 * 4096
            for index in start..<min(bytes.count, start + 4096) { bytes[index] = 0 }
        case .delete:
            try FileManager.default.removeItem(at: url)
            return "\(name) deleted"
        case .swapFiles:
            guard let other = files.filter({ $0 != name }).randomElement(using: &generator) else {
                return nil
            }
            let place = URL(fileURLWithPath: "\(folder)/\(other)")
            let otherBytes = [UInt8](try Data(contentsOf: place))
            guard otherBytes != bytes else { return nil }
            try Data(bytes).write(to: place)
            try Data(otherBytes).write(to: url)
            return "\(name) and \(other) swapped"
        case .randomBytes:
            let count = min(bytes.count - place, Int.random(in: 1...64, using: &generator))
            for index in place..<place + count {
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
        }
        guard bytes != before else { return nil }
        try Data(bytes).write(to: url)
        return "\(name), \(self) at \(place) of \(before.count)"
    }
}
