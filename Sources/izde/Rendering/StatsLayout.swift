import JSON

/// The numbers of the daemon as one screen.
enum StatsLayout {
    /// The collections of an answer with their numbers, in its order.
    ///
    /// They come as an object by name, or as a list with a member `name`.
    static func collections(of json: JSONValue) -> [(name: String, numbers: JSONValue)] {
        if let object = json["collections"]?.object {
            return object.members.map { ($0.key, $0.value) }
        }
        return (json["collections"]?.array ?? []).compactMap { entry in
            entry["name"]?.string.map { ($0, entry) }
        }
    }

    /// A number of bytes for people: `334 MB`.
    static func byteText(_ count: Int64) -> String {
        var value = Double(count)
        for unit in ["B", "kB", "MB", "GB"] {
            if value < 1000 {
                return Decimal.text(value, places: value < 10 && unit != "B" ? 1 : 0) + " \(unit)"
            }
            value /= 1000
        }
        return Decimal.text(value, places: 1) + " TB"
    }

    /// Daemon, versions and one line a collection.
    static func status(health: JSONValue, stats: JSONValue, path: String, width: Int)
        -> [StyledText]
    {
        let state = health["status"]?.string ?? "unknown"
        let isReading = health["readOnly"]?.bool == true
        var lines = [entry("daemon", state + (isReading ? ", for reading" : "") + " at " + path)]
        if let reason = health["reason"]?.string { lines.append(entry("reason", reason)) }
        func list(_ name: String) -> String? {
            guard let names = health[name]?.array, !names.isEmpty else { return nil }
            return names.compactMap(\.string).joined(separator: ", ")
        }
        if let names = list("damagedCollections") {
            lines.append(entry("damaged", "\(names); see izde admin verify, izded restore"))
        }
        if let names = list("reindexRequired") {
            lines.append(
                entry(
                    "reindex required",
                    "\(names): searched, not written, until rebuilt by izded build --from-store"))
        }
        for (name, value) in stats.object?.members ?? [] where name != "collections" {
            if let object = value.object {
                let texts = object.members.compactMap { member -> String? in
                    guard let text = flat(member.value, name: member.key) else { return nil }
                    return "\(member.key) \(text)"
                }
                lines.append(entry(name, texts.joined(separator: ", ")))
            } else if let text = flat(value, name: name) {
                lines.append(entry(name, text))
            }
        }
        lines += table(collections(of: stats)).map { row in
            var line = StyledText()
            line.append(safe: row, .plain)
            return line
        }
        return lines.map { $0.cut(to: width) }
    }

    /// One line a collection: the numbers that have one value, under their names.
    private static func table(_ collections: [(name: String, numbers: JSONValue)]) -> [String] {
        var names: [String] = []
        for (_, numbers) in collections {
            for (name, value) in numbers.object?.members ?? []
            where name != "name" && flat(value, name: name) != nil && !names.contains(name) {
                names.append(name)
            }
        }
        // More columns than fit a screen are left to `izde stats`.
        names = Array(names.prefix(8))
        guard !collections.isEmpty else { return ["no collections"] }
        let head = ["collection"] + names.map { SafeText.line(Self.head($0)) }
        let rows = collections.map { collection in
            [SafeText.line(collection.name)]
                + names.map { name in
                    SafeText.line(flat(collection.numbers[name] ?? .null, name: name) ?? "")
                }
        }
        return OutlineLayout.aligned([head] + rows)
    }

    private static func head(_ name: String) -> String {
        isByteCount(name) && name != "bytes" ? String(name.dropLast("ByteCount".count)) : name
    }

    private static func isByteCount(_ name: String) -> Bool {
        name == "bytes" || (name.hasSuffix("ByteCount") && name.utf8.count > 9)
    }

    private static func flat(_ value: JSONValue, name: String) -> String? {
        switch value {
        case .integer(let number): isByteCount(name) ? byteText(number) : String(number)
        case .double(let number): Decimal.text(number, places: 2)
        case .string(let text): text
        case .bool(let flag): flag ? "yes" : "no"
        case .null, .array, .object: nil
        }
    }

    private static func entry(_ name: String, _ text: String) -> StyledText {
        var line = StyledText("\(name):", .faint)
        line.append(safe: " ", .plain)
        line.append(StyledText(text))
        return line
    }
}
