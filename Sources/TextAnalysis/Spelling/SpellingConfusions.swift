/// What people write for what they mean: the knowledge behind `SpellingCosts`.
///
/// Letters that sound or look alike in pairs, and parts of words that are written as they are
/// heard. A cost is beside 1 for a letter that has nothing to do with the one meant.
enum SpellingConfusions {
    /// Letters that are taken for each other, both ways.
    static let letters: [(pair: String, cost: Float)] = [
        // Kazakh letters that a Russian keyboard does not have: no mistake, a habit.
        ("қк", 0.15), ("ғг", 0.15), ("ңн", 0.15), ("үу", 0.15), ("ұу", 0.15), ("ұү", 0.25),
        ("өо", 0.15), ("іи", 0.2), ("іы", 0.2), ("әа", 0.15), ("әэ", 0.25), ("әе", 0.4),
        ("әя", 0.3), ("һх", 0.15), ("өу", 0.45), ("өе", 0.5), ("үю", 0.4), ("ұы", 0.6),
        // Vowels without stress sound alike in Russian.
        ("оа", 0.35), ("еи", 0.35), ("ея", 0.5), ("ия", 0.55), ("эе", 0.4), ("эи", 0.5),
        ("ыи", 0.45), ("ыэ", 0.5), ("ое", 0.55), ("ая", 0.5), ("уо", 0.75), ("ую", 0.5),
        ("йи", 0.45), ("ыа", 0.75), ("ыо", 0.75), ("юя", 0.75), ("юе", 0.8),
        // Consonants lose or gain voice before others and at the end.
        ("дт", 0.5), ("бп", 0.5), ("гк", 0.5), ("вф", 0.45), ("зс", 0.45), ("жш", 0.5),
        ("гх", 0.65), ("кх", 0.7), ("шщ", 0.4), ("чщ", 0.5), ("чш", 0.55), ("цс", 0.55),
        ("цч", 0.7), ("цт", 0.75), ("жз", 0.75), ("мн", 0.8), ("рл", 0.85), ("ьъ", 0.25),
        ("ьы", 0.6),
        // English: vowels without stress, letters of one sound.
        ("ae", 0.6), ("ei", 0.6), ("ao", 0.65), ("ai", 0.7), ("eo", 0.75), ("iy", 0.5),
        ("ou", 0.65), ("ck", 0.5), ("cs", 0.5), ("sz", 0.45), ("fv", 0.65), ("gj", 0.6),
        ("mn", 0.8), ("td", 0.65), ("wv", 0.75), ("qk", 0.5),
        // Latin alphabets of Kazakh and their bare letters.
        ("äa", 0.15), ("öo", 0.15), ("üu", 0.15), ("ūu", 0.15), ("ğg", 0.15), ("şs", 0.15),
        ("ñn", 0.15), ("ıi", 0.15), ("ıy", 0.3), ("áa", 0.15), ("óo", 0.15), ("úu", 0.15),
        ("ńn", 0.15), ("ǵg", 0.15), ("ýu", 0.2), ("ýy", 0.15), ("ïi", 0.15), ("çc", 0.15),
        ("ŋn", 0.15), ("əa", 0.2),
    ]

    /// A part of a word that is written in place of another.
    struct Rewrite {
        var typed: String
        var meant: String
        var cost: Float
        /// Where in the typed word it may stand.
        var place = Place.anywhere

        /// The places of a rewrite.
        enum Place { case anywhere, start, end, whole }
    }

    /// Parts of words that are written as they are heard, and slips of rules of spelling.
    static let rewrites: [Rewrite] =
        both(
            0.15, "тся ться", "тса тся")
        + both(0.3, "шь ш", "чь ч", "щь щ", place: .end)
        + both(
            0.4, "сч щ", "зч щ", "жч щ", "шч щ", "ьо йо", "ие ье", "ия ья", "ию ью", "ии ьи",
            "иа ья", "ео ье", "ьо ио")
        + both(0.45, "тч ч", "дч тч", "чн шн", "чт шт", "шо ше", "жо же", "чо че", "що ще", "цо це")
        + both(
            0.3, "жы жи", "шы ши", "чя ча", "щя ща", "чю чу", "щю щу", "цы ци", "кы ки", "гы ги",
            "хы хи")
        + one(
            0.35, "цца тся", "цца ться", "цця тся", "тца тся", "тца ться", "ццо тся", "ца тся",
            "ца ться", "цо тся", "цся тся", "дца дцать", "ццать дцать", "цать дцать",
            place: .end)
        + one(0.4, "ова ого", "ева его", "ово ого", "ава ого", "ива его", place: .end)
        + one(
            // Consonants that nobody says in a cluster.
            0.35, "зн здн", "сн стн", "рц рдц", "нц лнц", "ств вств", "сл стл", "нск ндск",
            "нск нтск", "ск стск", "рк ртк", "зк здк", "ств ствв", "сц стц", "зц здц", "щн щнн",
            "сс стс", "зж зжд", "сств ств", "отв отвт", "тсв тств", "цв тств", "сств тств",
            "ств тств", "дств ств", "лц лнц", "нгск нгтск")
        + one(
            0.4, "цк тск", "цк дск", "ццк дск", "ццк тск", "ц тс", "ц дс", "ц тьс", "дс тс", "тц ц")
        + one(0.4, "ево его")
        // The same clusters where nothing is silent: `ужастный`, `учавствовать`.
        + one(0.4, "стн сн", "вств ств", "здн зн", "лнц нц", "тств ств", "стл сл")
        + one(0.35, "фф в", "сс з", "тт д", place: .end)
        + one(0.35, "йа я", "йу ю", "йэ е", "йо е", "ьйо ье", "ье е", "йе е", "ио е")
        + one(0.3, "ег ик", "еги ики", "ек ик", "ик ек", "ечка ичка", "ичка ечка", "ышк ушк")
        + both(
            0.45, "пре при", "пере пре", "без бес", "раз рас", "воз вос", "из ис", "роз раз",
            place: .start)
        + one(0.35, "з с", "с з", "зд сд", "сд зд", place: .start)
        + both(0.4, "ый ой", "ий ей", "ая оя", "ое ае", "ои ые", "ею ие", place: .end)
        // English.
        + both(
            0.45, "ph f", "ie ei", "tion sion", "cion tion", "able ible", "ance ence", "ant ent",
            "er or", "er ar", "ck k", "gh g", "kn n", "wr r", "wh w", "x cs", "qu kw", "ough of",
            "our or", "ise ize", "re er", "sc s", "mb m")

    /// Words as they are said in haste: what is written has too few letters to find the meant one.
    static let colloquial: [Rewrite] =
        one(
            0.5, "щас сейчас", "щаз сейчас", "ща сейчас", "счас сейчас", "ваще вообще",
            "воще вообще",
            "вапще вообще", "вобщем вообще", "тока только", "токо только", "скока сколько",
            "скоко сколько", "стока столько", "када когда", "тада тогда", "кода когда",
            "чо что", "че что", "шо что", "што что", "ничо ничего", "ниче ничего",
            "чето чего", "грит говорит", "грю говорю", "грят говорят", "седня сегодня",
            "сення сегодня", "сня сегодня", "пжл пожалуйста", "пжлст пожалуйста",
            "плиз пожалуйста", "пжалста пожалуйста", "пажалста пожалуйста", "спс спасибо",
            "пасиб спасибо", "спасиб спасибо", "низя нельзя", "ессно естественно",
            "естесно естественно", "канеш конечно", "канешн конечно", "конеш конечно",
            "тыща тысяча", "тыщ тысяч", "тыщи тысячи", "мож может", "мона можно",
            "нона нужно", "нуна нужно", "прям прямо", "терь теперь", "тож тоже",
            "здрасте здравствуйте", "здрасьте здравствуйте", "собсно собственно",
            "собсна собственно", "писят пятьдесят", "шисят шестьдесят", place: .whole)

    private static func both(
        _ cost: Float, _ pairs: String..., place: Rewrite.Place = .anywhere
    ) -> [Rewrite] {
        pairs.flatMap { pair -> [Rewrite] in
            let sides = pair.split(separator: " ").map(String.init)
            guard sides.count == 2 else { return [] }
            return [
                Rewrite(typed: sides[0], meant: sides[1], cost: cost, place: place),
                Rewrite(typed: sides[1], meant: sides[0], cost: cost, place: place),
            ]
        }
    }

    private static func one(
        _ cost: Float, _ pairs: String..., place: Rewrite.Place = .anywhere
    ) -> [Rewrite] {
        pairs.compactMap { pair in
            let sides = pair.split(separator: " ").map(String.init)
            guard sides.count == 2 else { return nil }
            return Rewrite(typed: sides[0], meant: sides[1], cost: cost, place: place)
        }
    }
}
