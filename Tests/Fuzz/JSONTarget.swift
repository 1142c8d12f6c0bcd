import FuzzSupport
import JSON

/// The reader of JSON: what it reads is written and read again as the same value.
@main
struct JSONTarget: FuzzTarget {
    init() {}

    func run(_ input: [UInt8]) throws {
        let reader = JSONReader()
        let value: JSONValue
        do throws(JSONError) {
            value = try reader.read(input)
        } catch {
            hold((0...input.count).contains(error.byteOffset), "the place of an error is inside")
            // Less is proved here, so it may be read all the same.
            do throws(JSONError) { _ = try reader.read(input, keeping: ["id"]) } catch _ {}
            return
        }
        hold(String(validating: input, as: UTF8.self) != nil, "only UTF-8 is JSON")
        let written = value.bytes
        let again = try reader.read(written)
        hold(again == value, "a value is read as it was written")
        hold(again.bytes == written, "a value is written the same again")
        var kept = JSONObject()
        guard let object = value.object else { return }
        for (key, member) in object.members where key == "id" || key == "q" { kept[key] = member }
        hold(
            try reader.read(input, keeping: ["id", "q"]).object == kept,
            "what is kept is as in the whole")
    }
}
