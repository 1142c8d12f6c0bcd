import Corpus
import JSON
import SearchEngine
import TestSupport
import Testing

@testable import izded

@Suite(.onFewThreads) struct DocumentDestinationTests {
    private static let collections = [
        (name: "institutions", kind: "institutions"), (name: "news", kind: "news"),
        (name: "people", kind: "people"),
    ]

    private func destination(
        only: String? = nil, kinds: [CollectionKind] = DefaultKinds.all,
        collections: [(name: String, kind: String)] = collections
    ) -> DocumentDestination {
        DocumentDestination(only: only, collections: collections, kinds: kinds)
    }

    @Test(
        arguments: [
            (["type": "Person", "names": ["a"]], "people"),
            (["type": ["Thing", "Person"], "names": ["a"]], "people"),
            (["type": "Person", "title": "a"], "people"),
            (["type": "CollegeOrUniversity", "names": ["a"]], "institutions"),
            (["names": ["a"]], "institutions"), (["title": "a"], "news"),
            (["type": "NewsArticle", "title": "a"], "news"), (["body": "a"], "institutions"),
        ] as [(JSONValue, String)])
    func `the type of a document chooses its collection, else its title does`(
        document: JSONValue, collection: String
    ) throws {
        let members = try #require(document.object)
        #expect(destination().collection(of: members) == collection)
        #expect(destination(only: "x").collection(of: members) == "x")
    }

    @Test func `a kind with types takes no others while there is one without`() {
        // The name stands before `institutions`.
        let collections = [(name: "a", kind: "people")] + Self.collections
        let names = JSONObject(["names": ["a"]])
        #expect(destination(collections: collections).collection(of: names) == "institutions")
        #expect(destination(collections: [("a", "people")]).collection(of: names) == "a")
        let person = JSONObject(["type": "Person"])
        #expect(destination(collections: collections).collection(of: person) == "a")
    }

    @Test func `order counts where collections with and without names are filled`() {
        #expect(destination().hasOrder)
        #expect(!destination(only: "news").hasOrder)
        #expect(!destination(collections: [("news", "news")]).hasOrder)
        #expect(!destination(collections: [("a", "people"), ("b", "institutions")]).hasOrder)
    }

    @Test func `a saved page is known to have no names, lines are not`() {
        #expect(destination().isWithoutNames(.text) && destination().isWithoutNames(.html))
        #expect(!destination().isWithoutNames(.jsonLines))
        #expect(!destination().isWithoutNames(.ror))
        #expect(!destination(collections: [("a", "people")]).isWithoutNames(.text))
    }
}
