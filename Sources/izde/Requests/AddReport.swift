import JSON

/// What became of all documents of an `add`.
struct AddReport: Equatable {
    /// How many documents were read.
    var receivedCount = 0
    /// How many are new.
    var createdCount = 0
    /// How many replaced another.
    var replacedCount = 0
    /// How many were there already with the same content.
    var unchangedCount = 0
    /// How many were taken without being told yet what they are (`--wait none`).
    var acceptedCount = 0
    /// How many were refused.
    var failedCount = 0

    /// Counts one document by the daemon's word for it.
    mutating func count(_ status: String) {
        receivedCount += 1
        switch status {
        case "created": createdCount += 1
        case "replaced": replacedCount += 1
        case "unchanged": unchangedCount += 1
        case "error": failedCount += 1
        default: acceptedCount += 1
        }
    }

    /// `120 documents: 100 created, 15 replaced, 5 rejected`.
    var text: String {
        let parts = [
            (createdCount, "created"), (replacedCount, "replaced"), (unchangedCount, "unchanged"),
            (acceptedCount, "accepted"), (failedCount, "rejected"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let head = receivedCount == 1 ? "1 document" : "\(receivedCount) documents"
        return parts.isEmpty ? head : head + ": " + parts.joined(separator: ", ")
    }

    /// The counts as the daemon's summary has them.
    var json: JSONValue {
        [
            "received": .integer(Int64(receivedCount)), "created": .integer(Int64(createdCount)),
            "replaced": .integer(Int64(replacedCount)),
            "unchanged": .integer(Int64(unchangedCount)),
            "accepted": .integer(Int64(acceptedCount)), "failed": .integer(Int64(failedCount)),
        ]
    }
}
