/// Keys that are coarser than skeletons, for foreign names: all hissing sounds are one, h is none.
extension NameKey {
    /// The most coarse keys that a typed word is looked for under.
    private static let mostCoarse = 8

    /// The coarse key of sounds by their likeliest readings; `nil` for less than two consonants.
    static func coarse(of sounds: [NameSound]) -> [UInt8]? {
        let key = coarse(sounds) { $0.main }
        return key.count < 2 ? nil : key
    }

    /// The coarse keys of a typed word: the likeliest, and those with one sound read otherwise.
    static func coarseKeys(_ sounds: [NameSound]) -> [[UInt8]] {
        guard let first = coarse(of: sounds) else { return [] }
        var keys = [first]
        for place in sounds.indices where sounds[place].others != 0 {
            for other in NameSound.Class.allCases
            where sounds[place].others & other.bit != 0 && keys.count < mostCoarse {
                guard wide(other) != wide(sounds[place].main) else { continue }
                var read = sounds
                read[place] = NameSound(other)
                if let key = coarse(of: read), !keys.contains(key) { keys.append(key) }
            }
        }
        return keys
    }

    private static func coarse(
        _ sounds: [NameSound], _ reading: (NameSound) -> NameSound.Class
    ) -> [UInt8] {
        var key: [UInt8] = []
        for sound in sounds {
            guard let letter = wide(reading(sound)), key.last != letter else { continue }
            key.append(letter)
        }
        return key
    }

    /// The letter of a class of sounds; none for vowels and h.
    private static func wide(_ sound: NameSound.Class) -> UInt8? {
        switch sound {
        case .a, .o, .u, .e, .i, .h: nil
        case .b, .p: UInt8(ascii: "P")
        case .v, .f: UInt8(ascii: "V")
        case .g, .k: UInt8(ascii: "K")
        case .d, .t: UInt8(ascii: "T")
        case .j, .z, .s, .c, .q, .w: UInt8(ascii: "S")
        case .l, .m, .n, .r: sound.letter
        }
    }
}
