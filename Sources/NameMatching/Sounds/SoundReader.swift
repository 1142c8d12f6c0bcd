import TextAnalysis

/// Reads the sounds of a folded word of Cyrillic, Latin or Arabic letters.
///
/// Its buffers are reused from word to word; not thread-safe.
struct SoundReader {
    private let index = SoundIndex.shared
    private var units: [UInt16] = []
    /// The sounds of the word that was read last.
    private(set) var sounds: [NameSound] = []

    /// Reads a word; `sounds` is empty for what has no letters of these scripts.
    mutating func read(_ word: some Sequence<UInt8>, script: NameToken.Script) {
        units.removeAll(keepingCapacity: true)
        sounds.removeAll(keepingCapacity: true)
        var scalar: UInt32 = 0
        var left = 0
        for byte in word {
            if byte < 0x80 {
                units.append(UInt16(byte))
            } else if byte >= 0xC0 {
                left = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
                scalar = UInt32(byte) & (left == 1 ? 0x1F : left == 2 ? 0x0F : 0x07)
            } else {
                scalar = scalar << 6 | UInt32(byte & 0x3F)
                left -= 1
                if left == 0, scalar < 0x10000 {
                    units.append(Self.plain(UInt16(truncatingIfNeeded: scalar)))
                }
            }
        }
        if script == .latin { readLatin() } else { readLetters() }
        melt()
    }

    /// The plain letter of a Latin one with marks of scholars or of Vietnamese.
    private static func plain(_ unit: UInt16) -> UInt16 {
        switch unit {
        case 0x1E02...0x1E07: 0x62
        case 0x1E0A...0x1E13: 0x64
        case 0x1E20...0x1E21: 0x67
        case 0x1E22...0x1E2B, 0x1E96: 0x68
        case 0x1E30...0x1E35: 0x6B
        case 0x1E36...0x1E3D: 0x6C
        case 0x1E3E...0x1E43: 0x6D
        case 0x1E44...0x1E4B: 0x6E
        case 0x1E58...0x1E5F: 0x72
        case 0x1E60...0x1E69: 0x73
        case 0x1E6A...0x1E71, 0x1E97: 0x74
        case 0x1E80...0x1E89: 0x77
        case 0x1E90...0x1E95: 0x7A
        case 0x1EA0...0x1EB7: 0x61
        case 0x1EB8...0x1EC7: 0x65
        case 0x1EC8...0x1ECB: 0x69
        case 0x1ECC...0x1EE3: 0x6F
        case 0x1EE4...0x1EF1: 0x75
        case 0x1EF2...0x1EF9: 0x79
        default: unit
        }
    }

    // MARK: Cyrillic and Arabic

    private mutating func readLetters() {
        for (place, unit) in units.enumerated() {
            // у before a broad vowel is a consonant: Қуаныш, Уәлихан = Валихан, Әуезов = Ауэзов.
            if unit == 0x443 || unit == 0x6CB, place + 1 < units.count,
                Self.vowelsAfterGlide.contains(units[place + 1])
            {
                sounds.append(NameSound(.v, others: NameSound.Class.u.bit))
                continue
            }
            // көл, коль: Russian has a soft л where the vowel is a front one.
            if unit == 0x44C, place > 1, units[place - 1] == 0x43B, sounds.count > 1,
                let front = Self.frontDetails[units[place - 2]]
            {
                sounds[sounds.count - 2].detail = front
            }
            append(unit)
        }
    }

    /// The details of ө and ү for о and у.
    private static let frontDetails: [UInt16: UInt8] = [0x43E: 2, 0x443: 3]

    private static let vowelsAfterGlide = Set("аәеэоөاە".utf16)

    private mutating func append(_ unit: UInt16) {
        guard Int(unit) < SoundIndex.limit else { return }
        sounds.append(contentsOf: index.single[Int(unit)])
    }

    // MARK: Latin

    private mutating func readLatin() {
        var place = 0
        while place < units.count {
            let unit = units[place]
            let next = peek(place + 1)
            switch unit {
            case 0x77:  // w: Dawlet, Süleýmenow, Wagner
                let isAfterVowel = isVowel(peek(place - 1))
                // jazw, swret: between consonants and at the end it is the vowel у.
                // tüzetwine: so it is in Kazakh between a consonant and a narrow vowel.
                let isItselfVowel =
                    place > 0 && !isVowel(next)
                    && (!isAfterVowel || next != 0 && next != 0x6E)
                    || place > 0 && !isAfterVowel && Self.narrowVowels.contains(next) && isKazakh
                var sound =
                    isItselfVowel
                    ? NameSound(.u, others: NameSound.Class.v.bit)
                    : NameSound(.v, others: NameSound.Class.u.bit)
                if isItselfVowel { sound.detail = 1 }
                sounds.append(sound)
                place += 1
            case 0x66 where place > 0 && isEndOfSurname(place):  // -off, -eff
                sounds.append(NameSound(.v, others: NameSound.Class.f.bit))
                place += next == 0x66 ? 2 : 1
            case 0x75 where Self.vowelsAfterU.contains(next) && peek(place + 1) != 0:
                // u before a broad vowel: Kuanysh, Sauytbek, Auezov.
                if next == 0x6F, peek(place + 2) == 0x75 { fallthrough }
                sounds.append(
                    NameSound(.v, others: NameSound.Class.u.bit | NameSound.Class.i.bit))
                place += 1
            // Qýanysh; but jüýe, where ý is й beside letters of the older alphabet.
            case 0xFD where Self.vowelsAfterU.contains(next) && !hasLettersOfTurkic:
                sounds.append(NameSound(.v, others: NameSound.Class.u.bit))
                place += 1
            case 0x78 where place == 0 || isKazakh:  // Xalmurodov, Jumaxan
                sounds.append(NameSound(.h, others: NameSound.Class.k.bit | NameSound.Class.z.bit))
                place += 1
            case 0x6A where next == 0x61 || next == 0x75:  // ja, ju: Jañaqorğan, Jakob, Tatjana
                // Tanja, Sonja; but Qoja and Nurjan.
                let isIotated =
                    place > 0 && place + 2 == units.count && !isVowel(peek(place - 1))
                    && !isKazakh(besides: 0x6A)
                sounds.append(
                    isIotated
                        ? NameSound(.i, others: NameSound.Class.j.bit)
                        : NameSound(.j, others: NameSound.Class.i.bit | NameSound.Class.h.bit))
                place += 1
            case 0x6A where isGlide(place):  // Andrej, Ajdar, Jeralijev
                sounds.append(NameSound(.i, others: NameSound.Class.j.bit))
                place += 1
            case 0x63 where next == 0x65 || next == 0x69 || next == 0x79:  // ce, ci, cy
                sounds.append(
                    NameSound(
                        .c,
                        others: NameSound.Class.s.bit | NameSound.Class.q.bit
                            | NameSound.Class.k.bit))
                place += 1
            case 0x79 where next == 0x6F && isConsonant(peek(place - 1)):  // Gumilyov
                sounds.append(NameSound(.e, others: NameSound.Class.o.bit))
                place += 2
            case 0x79 where next == 0x65 && isVowel(peek(place - 1)):  // Tokayev, Stepnoye
                place += 1
            default: place += readGroup(at: place)
            }
        }
    }

    private mutating func readGroup(at place: Int) -> Int {
        let unit = units[place]
        if unit < 0x80 {
            for group in index.groups[Int(unit)]
            where units[place...].starts(with: group.letters) {
                sounds.append(contentsOf: group.sounds)
                return group.letters.count
            }
        }
        append(unit)
        return 1
    }

    /// Whether a word has letters by which Kazakh in Latin letters is known.
    private var isKazakh: Bool { isKazakh(besides: 0) }

    private func isKazakh(besides letter: UInt16) -> Bool {
        units.contains { $0 != letter && Self.kazakhLetters.contains($0) }
    }

    private static let kazakhLetters = Set("qjışñğïýäöü".utf16)
    /// Whether a word has letters of the alphabet in which ý is й and w is у.
    private var hasLettersOfTurkic: Bool { units.contains { Self.lettersOfTurkic.contains($0) } }

    private static let lettersOfTurkic = Set("üöäşñğïw".utf16)
    private static let narrowVowels = Set("iıï".utf16)
    private static let vowelsAfterU = Set("aeoäəáöó".utf16)

    private func peek(_ place: Int) -> UInt16 { units.indices.contains(place) ? units[place] : 0 }

    private func isVowel(_ unit: UInt16) -> Bool {
        guard Int(unit) < SoundIndex.limit, let first = index.single[Int(unit)].first else {
            return false
        }
        return first.main.isVowel
    }

    private func isConsonant(_ unit: UInt16) -> Bool {
        guard Int(unit) < SoundIndex.limit, let first = index.single[Int(unit)].first else {
            return false
        }
        return !first.main.isVowel
    }

    /// `-off`, `-eff`, `-of`, `-ef` at the end of a word of five letters and more.
    private func isEndOfSurname(_ place: Int) -> Bool {
        let before = peek(place - 1)
        guard before == 0x6F || before == 0x65, units.count > 4 else { return false }
        return place == units.count - 1 || peek(place + 1) == 0x66 && place == units.count - 2
    }

    /// `j` behind a, e, i before a consonant, at the end, or before `ev`; or before e at the start.
    private func isGlide(_ place: Int) -> Bool {
        let next = peek(place + 1)
        if place == 0 { return next == 0x65 && !Self.startsWithZh(units) }
        let before = peek(place - 1)
        guard before == 0x61 || before == 0x65 || before == 0x69 else {
            // Süleýmenow, Bjørn: behind a consonant it is no sound of its own.
            return isConsonant(before) && before != 0x64
        }
        return next == 0 || !isVowel(next) || next == 0x65
    }

    /// Jetpisbayev, Jenis, Jeksenbay: ж for all that.
    private static func startsWithZh(_ units: [UInt16]) -> Bool {
        let third = units.count > 2 ? units[2] : 0
        return third == 0x74 || third == 0x6E || third == 0x6B
    }

    // MARK: Neighbours

    /// Lets sounds melt that one language writes with two letters and another with one.
    private mutating func melt() {
        var kept = 0
        for place in sounds.indices {
            let sound = sounds[place]
            if kept > 0 {
                let last = sounds[kept - 1].main
                switch (last, sound.main) {
                case (.d, .j):
                    sounds[kept - 1] = sound  // Джакупов, Dzhakupov = Жақыпов
                    continue
                case (.n, .g): continue  // Тңг, ng = ң
                case (.n, .b), (.n, .p):
                    // Дүйсенбинов = Дюсембинов, Жанпейісов = Жампеисов.
                    sounds[kept - 1] = NameSound(.m, others: NameSound.Class.n.bit)
                case (.t, .c):
                    sounds[kept - 1] = sound
                    continue
                case (.t, .w):
                    sounds[kept - 1] = NameSound(.q, others: NameSound.Class.w.bit)
                    continue
                case (.w, .q): continue
                case (.k, .z):
                    sounds[kept] = NameSound(.s, others: NameSound.Class.z.bit)
                    kept += 1
                    continue
                case (.t, .s):
                    // Троебратский: тс and ts are one with ц.
                    sounds[kept - 1] = NameSound(
                        .c, others: NameSound.Class.s.bit | NameSound.Class.z.bit)
                    continue
                case (.s, .q):
                    sounds[kept - 1] = NameSound(.w, others: NameSound.Class.q.bit)  // Песчаный
                    continue
                case (.d, .z):
                    // дз, dz: Кодзо, Kozo.
                    sounds[kept - 1] = NameSound(
                        .z, others: NameSound.Class.j.bit | NameSound.Class.c.bit)
                    continue
                case _ where last == sound.main:
                    sounds[kept - 1].others |= sound.others
                    sounds[kept - 1].isDouble = true
                    continue
                default: break
                }
            }
            sounds[kept] = sound
            kept += 1
        }
        sounds.removeSubrange(kept...)
    }
}
