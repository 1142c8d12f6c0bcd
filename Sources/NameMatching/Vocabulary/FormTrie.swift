/// Words, one after another, that lead to concepts; each word by the keys of all its forms.
struct FormTrie: Sendable {
    private struct Edge: Hashable {
        var node: UInt32
        var word: UInt32
    }

    /// Where each form begins.
    static let root: UInt32 = 0

    /// The words that a key may be a form of.
    private var words: [[UInt8]: [UInt32]] = [:]
    private var wordCount: UInt32 = 0
    /// Words that count only in capitals: `АҚ` is no ақ.
    private var acronyms: Set<UInt32> = []
    private var edges: [Edge: UInt32] = [:]
    private var found: [[NameVocabulary.ConceptID]] = [[]]

    /// The nodes behind a word of a key; acronyms among the forms only if `takesAcronyms`.
    func next(_ nodes: [UInt32], _ key: [UInt8], takesAcronyms: Bool) -> [UInt32] {
        guard let words = words[key] else { return [] }
        var result: [UInt32] = []
        for node in nodes {
            for word in words where takesAcronyms || !acronyms.contains(word) {
                if let next = edges[Edge(node: node, word: word)] { result.append(next) }
            }
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

    /// A new word with the keys of its forms.
    mutating func addWord(_ keys: [[UInt8]], isAcronym: Bool) -> UInt32 {
        let word = wordCount
        wordCount += 1
        if isAcronym { acronyms.insert(word) }
        for key in keys { words[key, default: []].append(word) }
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
                node = next
            }
        }
        if !found[Int(node)].contains(concept) { found[Int(node)].append(concept) }
    }
}
