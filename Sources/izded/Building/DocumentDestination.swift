import Corpus
import JSON
import SearchEngine

/// Which collection a document goes to.
struct DocumentDestination {
    /// One collection with its kind.
    private struct Place {
        var collection: String
        var kind: CollectionKind

        /// Whether documents of it bear names, by which others may be linked to them.
        var hasNames: Bool { kind.fields.contains { $0.role == .names } }
    }

    /// The collection that all go to, if one was named.
    private let only: String?
    private let places: [Place]

    /// A choice among collections.
    ///
    /// All documents go to `only`; if that is `nil`, one whose `type` a kind declares goes to the
    /// first collection of that kind, and every other to the first whose kind finds its title in
    /// it, kinds without declared types before those with.
    init(
        only: String?, collections: [(name: String, kind: String)], kinds: [CollectionKind]
    ) {
        self.only = only
        places = collections.compactMap { collection in
            kinds.first { $0.name == collection.kind }
                .map { Place(collection: collection.name, kind: $0) }
        }
    }

    /// Whether some collections have documents with names and others have not, so that the order
    /// in which documents are taken in counts.
    var hasOrder: Bool { only == nil && Set(places.map(\.hasNames)).count == 2 }

    /// The collection of a document.
    func collection(of document: JSONObject) -> String {
        only ?? place(of: document)?.collection ?? places.first?.collection ?? "news"
    }

    /// Whether the documents of the collection that a document goes to bear names.
    func hasNames(_ document: JSONObject) -> Bool {
        (place(of: document) ?? places.first)?.hasNames ?? false
    }

    /// Whether all documents of a format go to a collection without names, so that their files need
    /// not be read for names; false where only the documents tell.
    func isWithoutNames(_ format: SourceFiles.Format) -> Bool {
        switch format {
        // The members that every saved page has.
        case .text, .html: !hasNames(JSONObject(["title": "", "body": ""]))
        case .jsonLines, .institutionTable, .ror: false
        }
    }

    private func place(of document: JSONObject) -> Place? {
        let types = Self.texts(document["type"])
        if let place = places.first(where: { place in
            types.contains { place.kind.types.contains($0) }
        }) {
            return place
        }
        let titled = places.filter { document[$0.kind.titleField] != nil }
        return titled.first { $0.kind.types.isEmpty } ?? titled.first
    }

    /// The texts of a member that is one or several.
    static func texts(_ value: JSONValue?) -> [String] {
        (value?.array ?? [value].compactMap(\.self)).compactMap(\.string)
    }
}
