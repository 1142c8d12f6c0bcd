/// What the letters of a word tell without any list.
public enum NameShape {
    /// Whether a word has the ending of a surname: -ов, -ева, -ский, -ová ...
    public static func isSurname(_ word: String) -> Bool {
        PersonEndings.surnameBase(of: Array(word.lowercased().utf8)[...]) != nil
    }
}
