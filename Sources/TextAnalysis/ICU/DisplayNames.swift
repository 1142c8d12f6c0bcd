import CICU

/// Names of countries, languages and months in the three languages, from ICU's own data (CLDR).
public enum DisplayNames {
    /// What is named.
    public enum Kind: Sendable, CaseIterable {
        case country, language, month

        fileprivate var code: Int32 {
            switch self {
            case .country: Int32(IZDE_REGION)
            case .language: Int32(IZDE_LANGUAGE)
            case .month: Int32(IZDE_MONTH)
            }
        }
    }

    /// A thing with its names.
    public struct Entry: Sendable, Equatable {
        /// Its code: `KZ`, `kk`, or the number of a month from 1.
        public var code: String
        /// Its names by language; those that ICU does not have are absent.
        public var names: [Language: String]
    }

    /// All countries, languages (of two letters) or months that ICU names in all three languages.
    ///
    /// - Cost: some milliseconds; keep it.
    public static func entries(_ kind: Kind) -> [Entry] {
        codes(kind).compactMap { code in
            var names: [Language: String] = [:]
            for language in [Language.kazakh, .russian, .english] {
                guard let name = name(kind, code, language) else { return nil }
                names[language] = name
            }
            return Entry(code: code, names: names)
        }
    }

    private static func codes(_ kind: Kind) -> [String] {
        if kind == .month { return (1...12).map(String.init) }
        guard var pointer = izde_icu_codes(kind.code) else { return [] }
        var codes: [String] = []
        while let code = pointer.pointee {
            let text = String(cString: code)
            if text.utf8.count == 2 { codes.append(text) }
            pointer += 1
        }
        return codes
    }

    private static func name(_ kind: Kind, _ code: String, _ language: Language) -> String? {
        var units = [UInt16](repeating: 0, count: 256)
        let count = izde_icu_display_name(
            kind.code, language.code, code, &units, Int32(units.count))
        guard count > 0, count <= Int32(units.count) else { return nil }
        return String(decoding: units.prefix(Int(count)), as: UTF16.self)
    }
}
