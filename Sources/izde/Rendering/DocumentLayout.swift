import JSON

/// One document for people: title, then its short members, then its texts, then whom it mentions.
enum DocumentLayout {
    /// Texts that are read, in their order; all other members are listed above them.
    private static let texts = ["lead", "body", "residue"]

    /// The lines; texts are wrapped to the width, matches in brackets where there is no colour.
    static func lines(_ json: JSONValue, languages: [String], terminal: Terminal) -> [StyledText] {
        let hit = Hit(json, languages: languages)
        let formatted = json["_formatted"]
        let mentions = MentionList(json["mentions"])
        var lines = wrapped(hit.title, base: .strong, terminal)
        for (name, value) in json.object?.members ?? []
        where name != "title" && !name.hasPrefix("_") && !texts.contains(name)
            && (name != "mentions" || mentions == nil)
        {
            lines += OutlineLayout.lines(
                .object(JSONObject(KeyValuePairs(dictionaryLiteral: (name, value)))),
                width: terminal.width)
        }
        for name in texts {
            guard let text = formatted?[name]?.string ?? json[name]?.string, !text.isEmpty else {
                continue
            }
            lines.append(StyledText())
            if name == "residue" {
                lines.append(StyledText("residue (kept, not searched):", .faint))
            }
            for paragraph in text.split(separator: "\n") {
                lines += wrapped(String(paragraph), base: .plain, terminal)
            }
        }
        if let mentions {
            lines.append(StyledText())
            lines += mentions.lines(width: terminal.width)
        }
        return lines
    }

    private static func wrapped(_ text: String, base: StyledText.Style, _ terminal: Terminal)
        -> [StyledText]
    {
        StyledText(marked: text, base: base, brackets: !terminal.hasColor)
            .filled(to: terminal.width)
    }
}
