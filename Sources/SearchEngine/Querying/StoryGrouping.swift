import InvertedIndex

/// Finds which documents tell one story in several languages, by what each says it translates.
///
/// `translationOf` holds the id of another document, of the same collection if it has one of this
/// id, else of another searched one; or any value that the translations of a story share. Links are
/// followed from document to document, both ways and through documents that are no hits, so that a
/// chain, a circle and a missing original all lead to one story.
struct StoryGrouping {
    /// A searched collection; `links` is the field of what a document translates, if it has one.
    typealias Collection = (searcher: Searcher, links: FieldID?)

    /// A document, by the place of its collection among those searched.
    struct Place: Hashable {
        var collection: Int
        var address: DocumentAddress
    }

    /// Between two looks at the clock this many documents are read.
    private static let documentsBetweenChecks = 256

    private let collections: [Collection]
    /// How many documents that are no hits are read at the most; links of others are not followed.
    private var spare: Int
    private let deadline: ContinuousClock.Instant

    /// A forest: what each document or shared value was put together with; a root has itself.
    private var parents: [Int] = []
    private var documents: [Place: Int] = [:]
    private var sharedValues: [[UInt8]: Int] = [:]
    /// What the values of each collection lead to.
    private var targets: [[[UInt8]: Int]]
    /// The documents whose links are still to be read.
    private var pending: [Place] = []

    /// A grouping of nothing yet.
    init(_ collections: [Collection], spare: Int, deadline: ContinuousClock.Instant) {
        self.collections = collections
        self.spare = spare
        self.deadline = deadline
        targets = Array(repeating: [:], count: collections.count)
    }

    /// The hits of each story by their places in the list; stories in the order of their first hit,
    /// hits of a story in that of the list.
    ///
    /// - Throws: `deadlineExceeded`; `corrupt` where the index is found damaged.
    /// - Cost: proportional to the hits and to the documents that they lead to, with one look-up in
    ///   each segment for a distinct value.
    mutating func stories(_ hits: [Place]) throws(IndexError) -> [[Int]] {
        for hit in hits { _ = node(of: hit) }
        var readCount = 0
        while let place = pending.popLast() {
            readCount += 1
            if readCount % Self.documentsBetweenChecks == 0, ContinuousClock.now >= deadline {
                throw .deadlineExceeded
            }
            guard let links = collections[place.collection].links else { continue }
            let values = try collections[place.collection].searcher
                .keywordValues(at: place.address, links)
            for value in values where !value.isEmpty {
                join(node(of: place), try node(of: value, in: place.collection))
            }
        }
        var stories: [[Int]] = []
        var storyOfRoot: [Int: Int] = [:]
        for (index, hit) in hits.enumerated() {
            let root = root(node(of: hit))
            if let story = storyOfRoot[root] {
                stories[story].append(index)
            } else {
                storyOfRoot[root] = stories.count
                stories.append([index])
            }
        }
        return stories
    }

    // MARK: Nodes

    private mutating func newNode() -> Int {
        parents.append(parents.count)
        return parents.count - 1
    }

    /// The node of a document; one that is new has its links read.
    private mutating func node(of place: Place) -> Int {
        if let node = documents[place] { return node }
        let node = newNode()
        documents[place] = node
        pending.append(place)
        return node
    }

    /// The node of what a value stands for.
    private mutating func node(
        of value: [UInt8], in collection: Int
    ) throws(IndexError) -> Int {
        if let node = targets[collection][value] { return node }
        let node: Int
        if let place = try original(value, of: collection) {
            node = nodeOfOriginal(place)
        } else if let shared = sharedValues[value] {
            node = shared
        } else {
            node = newNode()
            sharedValues[value] = node
        }
        targets[collection][value] = node
        return node
    }

    private mutating func nodeOfOriginal(_ place: Place) -> Int {
        if let node = documents[place] { return node }
        let node = newNode()
        documents[place] = node
        if spare > 0 {
            spare -= 1
            pending.append(place)
        }
        return node
    }

    /// The document with an id, in a collection of its own or else in the first other that has it.
    private func original(
        _ id: [UInt8], of collection: Int
    ) throws(IndexError) -> Place? {
        let others = collections.indices.filter { $0 != collection }
        for place in [collection] + others where collections[place].links != nil {
            let snapshot = collections[place].searcher.snapshot
            if let address = try snapshot.address(ofKey: id.span) {
                return Place(collection: place, address: address)
            }
        }
        return nil
    }

    // MARK: The forest

    private mutating func root(_ node: Int) -> Int {
        var node = node
        while parents[node] != node {
            // Halving each path keeps the next ones short.
            parents[node] = parents[parents[node]]
            node = parents[node]
        }
        return node
    }

    private mutating func join(_ left: Int, _ right: Int) {
        let (left, right) = (root(left), root(right))
        parents[max(left, right)] = min(left, right)
    }
}
