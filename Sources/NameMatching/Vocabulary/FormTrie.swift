/// Words, one after another, that lead to concepts; each word by the keys of all its forms.
///
/// Invariants: 1. `hashes` ascend; `words` go with them. 2. `starts` has one entry more than there
/// are first bits.
struct FormTrie: Sendable {
    private struct Edge: Hashable {
        var node: UInt32
        var word: UInt32
    }

    /// Where each form begins.
    static let root: UInt32 = 0

    /// The hashes of keys and the words that each may be a form of.
    private var hashes: [UInt64] = []
    private var words: [UInt32] = []
    private var starts: [UInt32] = [0, 0]
    private var shift: UInt64 = 63
    /// Pairs of a hash and a word that have not been laid out.
    private var pairs: [(hash: UInt64, word: UInt32)] = []
    private var wordCount: UInt32 = 0
    /// Words that count only in capitals: `АҚ` is no ақ.
    private var acronyms: Set<UInt32> = []
    private var edges: [Edge: UInt32] = [:]
    private var found: [[NameVocabulary.ConceptID]] = [[]]
    /// Whether a word may follow, by node.
    private var goesOn: [Bool] = [false]

    /// The nodes behind a word of a key; acronyms among the forms only if `takesAcronyms`.
    func next(_ nodes: [UInt32], _ key: [UInt8], takesAcronyms: Bool) -> [UInt32] {
        let hash = Self.hash(key)
        let bucket = Int(hash >> shift)
        var place = Int(starts[bucket])
        let end = Int(starts[bucket + 1])
        while place < end, hashes[place] < hash { place += 1 }
        var result: [UInt32] = []
        while place < end, hashes[place] == hash {
            let word = words[place]
            if takesAcronyms || !acronyms.contains(word) {
                for node in nodes {
                    if let next = edges[Edge(node: node, word: word)] { result.append(next) }
                }
            }
            place += 1
        }
        return result
    }

    /// The concepts of the forms that end at some nodes.
    func concepts(_ nodes: [UInt32]) -> [NameVocabulary.ConceptID] {
        var result: [NameVocabulary.ConceptID] = []
        for node in nodes {
            for concept in found[Int(node)] where !result.contains(concept) {
                result.append(concept)
            }
        }
        return result
    }

    /// Whether some form has a further word behind some nodes.
    func goesOn(_ nodes: [UInt32]) -> Bool { nodes.contains { goesOn[Int($0)] } }

    /// A new word with the keys of its forms.
    mutating func addWord(_ keys: [[UInt8]], isAcronym: Bool) -> UInt32 {
        let word = wordCount
        wordCount += 1
        if isAcronym { acronyms.insert(word) }
        for key in keys { pairs.append((Self.hash(key), word)) }
        return word
    }

    /// Says that a form of some words stands for a concept.
    mutating func add(_ form: [UInt32], _ concept: NameVocabulary.ConceptID) {
        var node = Self.root
        for word in form {
            let edge = Edge(node: node, word: word)
            if let next = edges[edge] {
                node = next
            } else {
                let next = UInt32(found.count)
                edges[edge] = next
                found.append([])
                goesOn.append(false)
                goesOn[Int(node)] = true
                node = next
            }
        }
        if !found[Int(node)].contains(concept) { found[Int(node)].append(concept) }
    }

    /// Lays out all words, to be looked up.
    mutating func finish() {
        pairs.sort { $0.hash != $1.hash ? $0.hash < $1.hash : $0.word < $1.word }
        hashes = pairs.map(\.hash)
        words = pairs.map(\.word)
        pairs = []
        var bits: UInt64 = 1
        while 1 << bits < hashes.count, bits < 20 { bits += 1 }
        shift = 64 - bits
        starts = Array(repeating: 0, count: (1 << Int(bits)) + 1)
        for hash in hashes { starts[Int(hash >> shift) + 1] += 1 }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
    }

    /// 64 bits do not meet by chance among some hundred thousand keys.
    private static func hash(_ key: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // The first bits choose a bucket, so they have to depend on all letters.
        return (hash ^ hash >> 29) &* 0x9E37_79B9_7F4A_7C15
    }
}
