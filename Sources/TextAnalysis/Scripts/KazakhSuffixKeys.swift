/// The endings of Kazakh as script-neutral keys.
///
/// Without its own letters a Kazakh word does not show its harmony, so that the stemmer cannot cut
/// it safely; but the key of its stem is a beginning of its own key, and what is left over is a row
/// of endings. Which of the candidates is a stem the dictionary knows.
public enum KazakhSuffixKeys {
    /// One of each pair of harmony is enough where both have one key.
    ///
    /// By their last byte.
    static let endings: [[[UInt8]]] = {
        let written = [
            // plural, possession
            "лар", "лер", "дар", "дер", "тар", "тер", "м", "ым", "ң", "ың", "ңыз", "ыңыз", "сы",
            "ы", "мыз", "ымыз",
            // cases
            "ның", "дың", "тың", "ға", "ге", "қа", "ке", "на", "не", "а", "е", "ны", "ды", "ты",
            "н", "да", "де", "та", "те", "нда", "нде", "дан", "ден", "тан", "тен", "нан", "нен",
            "мен", "бен", "пен", "дағы", "дегі", "тағы", "тегі", "ндағы", "ндегі", "нікі", "дікі",
            "тікі",
            // verbs
            "ған", "ген", "қан", "кен", "атын", "етін", "йтын", "ады", "еді", "йды", "ып", "п",
            "са", "се", "у", "уы", "ушы", "май", "мей", "ма", "ме", "ба", "бе", "па", "пе", "мақ",
            "мек", "ар", "ер", "сын", "ыл", "іп",
            // words from words
            "лық", "дық", "тық", "лы", "сыз", "шы", "дай", "дей", "тай", "тей", "ша", "ше",
        ]
        var keys: Set<[UInt8]> = []
        for ending in written {
            let key = ScriptKey.key(of: Array(ending.utf8))
            if !key.isEmpty { keys.insert(key) }
        }
        var endings = [[[UInt8]]](repeating: [], count: 256)
        for key in keys { endings[Int(key[key.count - 1])].append(key) }
        return endings
    }()

    /// Fewest letters of a stem: shorter ones hit by chance.
    private static let shortestStem = 3
    /// Most endings in a row.
    private static let mostEndings = 4

    /// How long the stem of a key may be, the longest first; without the whole key.
    public static func stemCounts(of key: [UInt8]) -> [Int] {
        guard key.count > shortestStem else { return [] }
        // How many endings stand behind a place, at the least.
        var endingCounts = [Int](repeating: Int.max, count: key.count + 1)
        endingCounts[key.count] = 0
        for end in (shortestStem + 1...key.count).reversed() where endingCounts[end] < mostEndings {
            for ending in endings[Int(key[end - 1])] where ending.count <= end - shortestStem {
                let start = end - ending.count
                guard key[start..<end].elementsEqual(ending) else { continue }
                endingCounts[start] = min(endingCounts[start], endingCounts[end] + 1)
            }
        }
        return (shortestStem..<key.count).reversed().filter { endingCounts[$0] <= mostEndings }
    }
}
