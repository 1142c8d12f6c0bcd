/// Words with weights as a tree of letters, to find those near a misspelt one.
///
/// Read-only once built. Words with a common beginning share its letters, so a large paradigm
/// costs a few bytes a form.
///
/// Invariants: 1. nodes are in order of a walk from the root, children by their letters;
/// 2. `ends[n]` is greater than `n` and is where the part below `n` ends; 3. a weight above 0
/// stands exactly where a word ends.
public struct WordTrie: Sendable {
    private var letters: [UInt8] = []
    private var ends: [UInt32] = []
    private var weights: [UInt8] = []

    /// How many words there are.
    public private(set) var wordCount = 0

    /// A word near another.
    public struct Match: Sendable, Equatable {
        /// The word.
        public var word: [UInt8]
        /// Its weight.
        public var weight: UInt8
        /// What it costs to have typed the other for it.
        public var cost: Float
    }

    /// The bytes that the tree takes.
    public var byteCount: Int { letters.count * 6 }

    /// How many letters the tree holds.
    var nodeCount: Int { letters.count }

    /// A tree that is being filled: every node knows its first child and its next sibling.
    public struct Builder: ~Copyable {
        private var letters: [UInt8] = [0]
        private var weights: [UInt8] = [0]
        private var firstChildren: [UInt32] = [0]
        private var siblings: [UInt32] = [0]

        /// An empty tree.
        public init() {}

        /// Adds a word; of two equal ones the greater weight counts.
        ///
        /// A word with anything but letters, digits, hyphens and apostrophes is left out.
        ///
        /// - Requires: the weight is above 0.
        public mutating func add(_ word: Span<UInt8>, weight: UInt8) {
            precondition(weight > 0, "a word of weight 0 would be none")
            guard let codes = SpellingAlphabet.codes(of: word, limit: SpellingCosts.letterLimit),
                !codes.isEmpty
            else { return }
            var node = 0
            for code in codes { node = child(of: node, code) }
            weights[node] = max(weights[node], weight)
        }

        /// The child of a node by its letter, made if need be; children stay in order.
        private mutating func child(of node: Int, _ letter: UInt8) -> Int {
            var before = 0
            var next = Int(firstChildren[node])
            while next != 0, letters[next] < letter {
                before = next
                next = Int(siblings[next])
            }
            if next != 0, letters[next] == letter { return next }
            let new = letters.count
            letters.append(letter)
            weights.append(0)
            firstChildren.append(0)
            siblings.append(UInt32(next))
            if before == 0 {
                firstChildren[node] = UInt32(new)
            } else {
                siblings[before] = UInt32(new)
            }
            return new
        }

        /// The tree, in the order of a walk.
        public consuming func build() -> WordTrie {
            var trie = WordTrie()
            trie.letters.reserveCapacity(letters.count)
            trie.ends.reserveCapacity(letters.count)
            trie.weights.reserveCapacity(letters.count)
            // A node to enter, or one whose part below has been written.
            var open: [(source: Int, place: Int)] = []
            var next = Int(firstChildren[0])
            while true {
                while next != 0 {
                    open.append((next, trie.letters.count))
                    trie.letters.append(letters[next])
                    trie.ends.append(0)
                    trie.weights.append(weights[next])
                    if weights[next] > 0 { trie.wordCount += 1 }
                    next = Int(firstChildren[next])
                }
                guard let last = open.popLast() else { break }
                trie.ends[last.place] = UInt32(trie.letters.count)
                next = Int(siblings[last.source])
            }
            return trie
        }
    }

    /// The weight of a word, 0 if it is not here.
    public func weight(of word: Span<UInt8>) -> UInt8 {
        guard let codes = SpellingAlphabet.codes(of: word, limit: SpellingCosts.letterLimit)
        else { return 0 }
        var node = 0
        var end = letters.count
        for (index, code) in codes.enumerated() {
            while node < end, letters[node] != code { node = Int(ends[node]) }
            guard node < end else { return 0 }
            if index == codes.count - 1 { return weights[node] }
            end = Int(ends[node])
            node += 1
        }
        return 0
    }

    /// The words within a cost of a typed one, cheapest first, then heaviest, then by letters.
    ///
    /// - Cost: proportional to the beginnings that are within the cost: some thousand for 1, some
    ///   ten thousand for 2 in a tree of 200,000 words.
    public func matches(near typed: Span<UInt8>, limit: Float, count: Int) -> [Match] {
        matches(near: typed, limit: limit, count: count, tables: .standard)
    }

    func matches(
        near typed: Span<UInt8>, limit: Float, count: Int, tables: SpellingTables
    ) -> [Match] {
        guard count > 0,
            let codes = SpellingAlphabet.codes(of: typed, limit: SpellingCosts.letterLimit),
            !codes.isEmpty
        else { return [] }
        var found: [(cost: Float, weight: UInt8, codes: [UInt8])] = []
        var matcher = SpellingMatcher(typed: codes, limit: limit, tables: tables)
        var open: [Int] = []
        var node = 0
        while node < letters.count {
            while let end = open.last, node >= end {
                open.removeLast()
                matcher.pop()
            }
            let goesOn = matcher.push(letters[node])
            if weights[node] > 0, let cost = matcher.cost {
                found.append((cost, weights[node], matcher.meant))
            }
            let end = Int(ends[node])
            if goesOn, end > node + 1 {
                open.append(end)
                node += 1
            } else {
                matcher.pop()
                node = end
            }
        }
        found.sort { left, right in
            if left.cost != right.cost { return left.cost < right.cost }
            if left.weight != right.weight { return left.weight > right.weight }
            return left.codes.lexicographicallyPrecedes(right.codes)
        }
        return found.prefix(count).map {
            Match(word: SpellingAlphabet.bytes(of: $0.codes), weight: $0.weight, cost: $0.cost)
        }
    }
}
