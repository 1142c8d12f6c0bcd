import TextAnalysis

/// Endings that a name takes in a sentence: Russian cases, Kazakh cases.
///
/// Which ending is one cannot be known of a name that no table has; so all that may be are cut, and
/// what is left is compared beside the whole word.
enum CaseEndings {
    private static let russian = WordEndings(
        "а я у ю ом ем ым им е и ы ой ей ою ею ого его ому ему ых их ыми ими ам ям ами ями ах ях")
    private static let kazakh = WordEndings(
        """
        ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті н да де та те нда нде дан ден
        тан тен нан нен мен бен пен дағы дегі тағы тегі ндағы ндегі нікі дікі тікі сы сі ы і
        сының сінің ының інің сына сіне ына іне сында сінде ында інде сынан сінен ынан інен
        лар лер дар дер тар тер ларға лерге
        """)
    private static let latin = WordEndings(
        """
        nyn nin dyn din tyn tin nyñ niñ dyñ diñ tyñ tiñ nıñ dıñ tıñ nyń niń dyń diń tyń tiń ga ge
        qa ke ğa ǵa gha na ne ny ni dy di ty ti da de ta te nda nde dan den tan ten nan nen men ben
        pen s
        """)
    private static let arabic = WordEndings(
        "نىڭ دىڭ تىڭ عا گە قا كە نى دى تى دا دە تا تە دان دەن تان تەن مەن بەن پەن")

    /// The beginnings of a word that endings may have been added to, the longest ending first; each
    /// of at least three letters.
    static func bases(of word: ArraySlice<UInt8>, script: NameToken.Script) -> [ArraySlice<UInt8>] {
        let lists: [WordEndings]
        switch script {
        case .cyrillic: lists = [kazakh, russian]
        case .latin: lists = [latin]
        case .arabic: lists = [arabic]
        case .other: lists = []
        }
        var bases: [ArraySlice<UInt8>] = []
        for endings in lists {
            endings.forEachBase(of: word, leastLetters: 3) { count in
                let base = word.prefix(count)
                if !bases.contains(base) { bases.append(base) }
            }
        }
        return bases
    }
}
