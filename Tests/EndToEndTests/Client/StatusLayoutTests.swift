import JSON
import Testing

@testable import izde

/// What `izde status` says of a daemon that is not quite well.
@Suite struct StatusLayoutTests {
    private func lines(_ health: JSONValue) -> [String] {
        StatsLayout.status(
            health: health, stats: ["collections": .object(JSONObject())], path: "/s", width: 200
        ).map { $0.rendered(color: false) }
    }

    @Test func `a daemon that is well is one line`() {
        #expect(
            lines(["status": "available", "prepared": true]).first == "daemon: available at /s")
        #expect(
            lines(["status": "available", "readOnly": true]).first
                == "daemon: available, for reading at /s")
    }

    @Test func `a writer that failed is told with its reason`() {
        let lines = lines(["status": "readOnly", "reason": "news: the sync failed"])
        #expect(lines[0] == "daemon: readOnly at /s")
        #expect(lines[1] == "reason: news: the sync failed")
    }

    @Test func `what is damaged or outdated is told with what to do`() {
        let lines = lines([
            "status": "available", "damagedCollections": ["news"], "reindexRequired": ["a", "b"],
        ])
        #expect(lines[1].hasPrefix("damaged: news; see izde admin verify"))
        #expect(lines[2].hasPrefix("reindex required: a, b: searched, not written"))
    }
}
