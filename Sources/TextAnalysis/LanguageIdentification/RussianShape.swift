/// The shape by which an inflected Russian word is told from a loan in Kazakh.
public enum RussianShape {
    /// The words of a list as bytes.
    static func endings(_ list: String) -> [[UInt8]] {
        list.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }
    }

    /// Endings that Kazakh does not take over with a loan: it borrows nouns in their first form.
    private static let inflections = endings(
        """
        ть ться тся лся лась лись ый ий ой ая яя ое ее ие ые ого его ому ему ую юю ых их ыми ими
        ами ями ах ях ии ию ией ость ости ешь ишь ете ите
        """)
    /// Endings that foreign names and new loans may have too.
    private static let looseInflections = endings(
        """
        ов ев ей о у ю е и ы ем им ют ут ал ял ил ел ла ли ло
        """)
    private static let kazakh = endings(
        """
        да де та те дан ден тан тен мен пен бен га ге ка ке лар лер дар дер тар тер ды ди ты ти ны
        ни сы си ры лы ниң ның
        """)

    /// Whether a folded word ends as inflected Russian words do and Kazakh ones do not.
    public static func matches(_ word: [UInt8]) -> Bool {
        (isInflected(word) || looseInflections.contains { word.hasSuffix($0, before: word.count) })
            && !kazakh.contains { word.hasSuffix($0, before: word.count) }
    }

    /// Whether a folded word ends as only inflected Russian words do.
    public static func isInflected(_ word: [UInt8]) -> Bool {
        inflections.contains { word.hasSuffix($0, before: word.count) }
    }
}
