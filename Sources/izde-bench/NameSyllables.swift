import Foundation

/// Parts that Kazakh names are built of.
enum NameSyllables {
    /// What given names begin with.
    static let beginnings = list(
        """
        Нұр Ай Бек Жан Ер Қуан Дәу Сәу Ал Мұр Тоқ Сер Дос Ақ Бай Құл Есен Ораз Сағын Тіле Жақсы
        Шал Қайр Мар Аман Ас Бол Ғал Дар Жум Кен Қан Мей Өте Рах Сам Тем Ұлан Хас Шың Ырыс Іңкәр
        Әл Әділ Бақыт Гүл Дина Зар Иса Лау Май Назым Өмір Пер Рау Салта Тол Үміт Фар Жет Төле Көп
        """)
    /// What stands between.
    static let middles = list(
        "ке ға ма ли на ре та ды мұ қо бе си ро ну да ги шы жа зе ла ті хи па са қа ні до ве")
    /// What given names end with.
    static let ends = list(
        """
        лан бек жан гүл бай сұлтан мұрат тай хан ғали ген дық еш ім ат ар ан ай ия ира сара гер
        мыс тас құл жігіт кен әлі болат темір дана нұр ықбал ханым шаш зада
        """)
    /// What surnames end with.
    static let surnames = list("ов ев ин ұлы тегі ова бай бек ов ев")

    private static func list(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    }
}

/// Kazakh names in the letters of passports and of Russian.
enum NameLetters {
    /// A Kazakh name in a spelling.
    static func spelt(_ name: String, _ spelling: NamePopulation.Spelling) -> String {
        switch spelling {
        case .kazakh: return name
        case .russian: return name.map { russian[$0] ?? String($0) }.joined()
        case .passport: return name.map { passport[$0] ?? String($0) }.joined()
        }
    }

    private static let russian = table(
        "ә а|ғ г|қ к|ң н|ө о|ұ у|ү у|һ х|і и", capitals: true)
    private static let passport = table(
        """
        а a|ә a|б b|в v|г g|ғ g|д d|е e|ё yo|ж zh|з z|и i|й y|к k|қ k|л l|м m|н n|ң n|о o|ө o|п p
        р r|с s|т t|у u|ұ u|ү u|ф f|х kh|һ h|ц ts|ч ch|ш sh|щ shch|ъ -|ы y|і i|ь -|э e|ю yu|я ya
        """, capitals: true)

    private static func table(_ rows: String, capitals: Bool) -> [Character: String] {
        var table: [Character: String] = [:]
        for row in rows.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
            let parts = row.split(separator: " ").map(String.init)
            guard parts.count == 2, let letter = parts[0].first else { continue }
            let spelt = parts[1] == "-" ? "" : parts[1]
            table[letter] = spelt
            if capitals, let capital = parts[0].uppercased().first {
                table[capital] = spelt.prefix(1).uppercased() + spelt.dropFirst()
            }
        }
        return table
    }
}

/// Ranks by Zipf's law.
struct ZipfRanks {
    private var sums: [Double] = []

    /// Ranks below `count`, of which the n-th is as likely as n to the power of `-exponent`.
    init(count: Int, exponent: Double) {
        var sum = 0.0
        for rank in 1...count {
            sum += 1 / pow(Double(rank), exponent)
            sums.append(sum)
        }
    }

    /// The rank of a number from 0 to 1.
    func rank(_ unit: Double) -> Int {
        let wanted = unit * (sums.last ?? 0)
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Random numbers that come again for the same seed: SplitMix64 by Steele, Lea and Flood, 2014.
struct SplitMix {
    var state: UInt64

    /// The next number.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }

    /// A number below another.
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// A number from 0 to 1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
