/// Words with weights as a tree of letters, to find those near a misspelt one.
///
/// Read-only once built. Words with a common beginning share its letters. A word may also go on in
/// another tree: the stems of a language have the trees of their endings in common, so that a form
/// takes no room of its own.
///
/// Invariants: 1. the nodes of a tree are in order of a walk from its root, children by their
/// letters; 2. `ends[n]` is greater than `n` and is where the part below `n` ends; 3. a weight
/// above 0 stands exactly where a word ends; 4. a tree goes on only in trees that stand before it,
/// so that no walk is endless.
public struct WordTrie: Sendable {
    private var letters: [UInt8] = []
    private var ends: [UInt32] = []
    private var weights: [UInt8] = []
    /// Where a word goes on behind a node: a place in `links`, 0 for nowhere.
    private var linksOfNodes: [UInt32] = []
    private var links: [[Part]] = [[]]
    /// The trees that words begin in.
    private var roots: [Part] = []

    /// A tree among the nodes that words of another may go on in.
    public struct Part: Sendable, Hashable {
        fileprivate var first: Int
        fileprivate var end: Int
        fileprivate var bonus = 0

        /// The same tree with something added to the weights of its words, for those that go on
        /// in it from here.
        public func adding(_ bonus: Int) -> Part {
            Part(first: first, end: end, bonus: self.bonus + bonus)
        }
    }

    /// A word near another.
    public struct Match: Sendable, Equatable {
        /// The word.
        public var word: [UInt8]
        /// Its weight.
        public var weight: UInt8
        /// What it costs to have typed the other for it.
        public var cost: Float
    }

    /// An empty tree.
    fileprivate init() {}

    /// The bytes that the tree takes.
    public var byteCount: Int {
        letters.count * 10 + links.reduce(0) { $0 + 32 + $1.count * 24 }
    }

    /// How many places there are where words end; forms with the same endings share them.
    var endCount: Int { weights.count { $0 > 0 } }

    // MARK: Searching

    /// The children of a node or a tree that are still to be visited.
    private struct Branch {
        var next: Int
        var end: Int
        /// How many letters stand before it.
        var depth: Int
        var bonus: Int
    }

    /// The weight of a word, 0 if it is not here.
    public func weight(of word: Span<UInt8>) -> UInt8 {
        guard let codes = SpellingAlphabet.codes(of: word, limit: SpellingCosts.letterLimit)
        else { return 0 }
        var best = 0
        var open = roots.map { Branch(next: $0.first, end: $0.end, depth: 0, bonus: $0.bonus) }
        while let branch = open.popLast() {
            guard branch.depth < codes.count else { continue }
            var node = branch.next
            while node < branch.end, letters[node] != codes[branch.depth] { node = Int(ends[node]) }
            guard node < branch.end else { continue }
            if branch.depth == codes.count - 1 {
                if weights[node] > 0 { best = max(best, weight(of: node, branch.bonus)) }
            } else {
                visit(below: node, branch, &open)
            }
        }
        return UInt8(best)
    }

    /// The words within a cost of a typed one, cheapest first, then heaviest, then by letters.
    ///
    /// - Cost: proportional to the beginnings that are within the cost: some thousand for 1, some
    ///   ten thousand for 2 in a tree of 200,000 words.
    public func matches(near typed: Span<UInt8>, limit: Float, count: Int) -> [Match] {
        guard count > 0,
            let codes = SpellingAlphabet.codes(of: typed, limit: SpellingCosts.letterLimit),
            !codes.isEmpty
        else { return [] }
        var found: [[UInt8]: (cost: Float, weight: Int)] = [:]
        var matcher = SpellingMatcher(typed: codes, limit: limit, tables: .standard)
        var open = roots.map { Branch(next: $0.first, end: $0.end, depth: 0, bonus: $0.bonus) }
        while let branch = open.last {
            guard branch.next < branch.end else {
                open.removeLast()
                continue
            }
            let node = branch.next
            open[open.count - 1].next = Int(ends[node])
            while matcher.meant.count > branch.depth { matcher.pop() }
            let goesOn = matcher.push(letters[node])
            if weights[node] > 0, let cost = matcher.cost {
                let weight = weight(of: node, branch.bonus)
                let known = found[matcher.meant]?.weight ?? 0
                found[matcher.meant] = (cost, max(weight, known))
            }
            if goesOn { visit(below: node, branch, &open) }
        }
        let sorted = found.sorted { left, right in
            if left.value.cost != right.value.cost { return left.value.cost < right.value.cost }
            if left.value.weight != right.value.weight {
                return left.value.weight > right.value.weight
            }
            return left.key.lexicographicallyPrecedes(right.key)
        }
        return sorted.prefix(count).map {
            Match(
                word: SpellingAlphabet.bytes(of: $0.key), weight: UInt8($0.value.weight),
                cost: $0.value.cost)
        }
    }

    private func weight(of node: Int, _ bonus: Int) -> Int {
        min(max(Int(weights[node]) + bonus, 1), 255)
    }

    private func visit(below node: Int, _ branch: Branch, _ open: inout [Branch]) {
        let depth = branch.depth + 1
        let end = Int(ends[node])
        if end > node + 1 {
            open.append(Branch(next: node + 1, end: end, depth: depth, bonus: branch.bonus))
        }
        for part in links[Int(linksOfNodes[node])] {
            open.append(
                Branch(
                    next: part.first, end: part.end, depth: depth,
                    bonus: branch.bonus + part.bonus))
        }
    }
}

// MARK: - Filling

extension WordTrie {
    /// A tree that is being filled.
    public struct Builder: ~Copyable {
        private var trie = WordTrie()
        private var linkNumbers: [[Part]: UInt32] = [[]: 0]
        // The tree under way: every node knows its first child and its next sibling; 0 is its root.
        private var letters: [UInt8] = [0]
        private var weights: [UInt8] = [0]
        private var firstChildren: [UInt32] = [0]
        private var siblings: [UInt32] = [0]
        /// The place in `parts` of what a node goes on in, 0 for nothing.
        private var partsOfNodes: [UInt32] = [0]
        private var parts: [[Part]] = [[]]

        /// An empty tree.
        public init() {}

        /// Adds a word; of two equal ones the greater weight counts.
        ///
        /// A word with anything but letters, digits, hyphens and apostrophes is left out.
        ///
        /// - Requires: the weight is above 0.
        public mutating func add(_ word: Span<UInt8>, weight: UInt8) {
            precondition(weight > 0, "a word of weight 0 would be none")
            guard let node = node(of: word), node > 0 else { return }
            weights[node] = max(weights[node], weight)
        }

        /// Adds a stem: all words that begin with it and go on in a tree that is finished.
        ///
        /// An empty stem lets words begin in that tree; it may only be added to the last tree.
        public mutating func add(stem: Span<UInt8>, goingOnIn part: Part) {
            guard part.first < part.end, let node = node(of: stem) else { return }
            var list = Int(partsOfNodes[node])
            if list == 0 {
                list = parts.count
                parts.append([])
                partsOfNodes[node] = UInt32(list)
            }
            for place in parts[list].indices
            where parts[list][place].first == part.first && parts[list][place].end == part.end {
                parts[list][place].bonus = max(parts[list][place].bonus, part.bonus)
                return
            }
            parts[list].append(part)
        }

        /// Finishes the tree of what was added so far; what is added next is another tree.
        ///
        /// - Requires: no empty stem was added.
        public mutating func finishPart() -> Part {
            precondition(partsOfNodes[0] == 0, "words of a part have a letter of their own")
            return flatten()
        }

        /// The tree of what was added since the last part was finished.
        public consuming func build() -> WordTrie {
            let beginnings = parts[Int(partsOfNodes[0])]
            let root = flatten()
            trie.roots = [root] + beginnings
            return trie
        }

        /// The node of a word, made if need be; `nil` if the word is none.
        private mutating func node(of word: Span<UInt8>) -> Int? {
            guard let codes = SpellingAlphabet.codes(of: word, limit: SpellingCosts.letterLimit)
            else { return nil }
            var node = 0
            for code in codes { node = child(of: node, code) }
            return node
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
            partsOfNodes.append(0)
            siblings.append(UInt32(next))
            if before == 0 {
                firstChildren[node] = UInt32(new)
            } else {
                siblings[before] = UInt32(new)
            }
            return new
        }

        /// Writes the tree under way in the order of a walk, and begins another.
        private mutating func flatten() -> Part {
            let start = trie.letters.count
            // Nodes that have been entered, and where they were written.
            var open: [(source: Int, place: Int)] = []
            var next = Int(firstChildren[0])
            while true {
                while next != 0 {
                    open.append((next, trie.letters.count))
                    trie.letters.append(letters[next])
                    trie.ends.append(0)
                    trie.weights.append(weights[next])
                    let list = Int(partsOfNodes[next])
                    trie.linksOfNodes.append(list == 0 ? 0 : link(to: parts[list]))
                    next = Int(firstChildren[next])
                }
                guard let last = open.popLast() else { break }
                trie.ends[last.place] = UInt32(trie.letters.count)
                next = Int(siblings[last.source])
            }
            letters = [0]
            weights = [0]
            firstChildren = [0]
            siblings = [0]
            partsOfNodes = [0]
            parts = [[]]
            return Part(first: start, end: trie.letters.count)
        }

        private mutating func link(to parts: [Part]) -> UInt32 {
            let sorted =
                parts.count == 1
                ? parts : parts.sorted { ($0.first, $0.bonus) < ($1.first, $1.bonus) }
            if let number = linkNumbers[sorted] { return number }
            let number = UInt32(trie.links.count)
            trie.links.append(sorted)
            linkNumbers[sorted] = number
            return number
        }
    }
}
