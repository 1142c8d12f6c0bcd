/// The words by which the furniture of a news page is known.
///
/// Furniture is what stands on every page of a site and is no part of the story. The lists are
/// ours, in three languages, all in small letters.
enum PageFurniture {
    /// Whole lines that are furniture wherever they stand.
    static let lines: Set<String> = [
        // menus and bread crumbs
        "main page", "main", "home", "news", "all news", "latest news", "menu", "search", "back",
        "back to news", "back to list", "contacts", "about us", "sitemap", "read more", "more",
        "print", "print version", "share", "comments", "related news", "see also", "tags",
        "subscribe", "login", "log in", "english", "advertisement",
        "главная", "главная страница", "новости", "все новости", "лента новостей",
        "последние новости", "меню", "поиск", "назад", "контакты", "о нас", "карта сайта",
        "читать далее", "подробнее", "ещё", "еще", "версия для печати", "поделиться",
        "комментарии", "похожие новости", "читайте также", "смотрите также", "теги", "войти",
        "русский", "реклама", "популярное", "самое читаемое",
        "басты бет", "жаңалықтар", "барлық жаңалықтар", "жаңалықтар лентасы", "соңғы жаңалықтар",
        "мәзір", "іздеу", "артқа", "байланыс", "біз туралы", "толығырақ", "тағы", "бөлісу",
        "пікірлер", "ұқсас жаңалықтар", "тағы оқыңыз", "тегтер", "кіру", "қазақша", "жарнама",
    ]

    /// Beginnings of sentences that call the reader to subscribe, follow or write in.
    static let calls = [
        "подписывайтесь", "подпишитесь", "присоединяйтесь", "следите за", "пишите нам",
        "если есть, что сообщить", "читайте нас", "нашли ошибку", "выделите текст",
        "subscribe to", "follow us", "join our", "join us on", "sign up for", "share this",
        "жазылыңыз", "бізге жазылыңыз", "бізді оқыңыз", "арнамызға", "бізге қосылыңыз",
        "біздің telegram", "біздің арна",
    ]

    /// Services that calls to subscribe name; two of them, or one beside a call, make furniture.
    static let services = [
        "telegram", "whatsapp", "instagram", "facebook", "youtube", "tiktok", "vkontakte",
    ]

    /// Beginnings of a closing line that says who wrote the text.
    static let bylines = [
        "press service", "press office", "press center", "press centre", "author:", "photo:",
        "пресс-служба", "пресс-центр", "автор:", "фото:", "баспасөз қызметі", "баспасөз орталығы",
        "авторы:", "сурет:",
    ]

    /// Verbs by which a text names the site that it was taken from.
    static let attributions: Set<String> = [
        "передаёт", "передает", "сообщает", "пишет", "информирует", "reports", "хабарлайды",
        "хабарлады", "жазады",
    ]

    /// Whether a line (trimmed) is furniture by itself.
    static func isFurniture(_ line: String) -> Bool {
        let folded = line.lowercased()
        let bare = trimmedOfMarks(folded)
        if bare.isEmpty { return true }
        if lines.contains(bare) { return true }
        if isCall(folded) { return true }
        // «All news →», «Read on ›»: a short line that ends in an arrow is a link.
        if let last = folded.last, "→»›>⟶".contains(last), !folded.contains("«"),
            wordCount(folded) <= 6
        {
            return true
        }
        return false
    }

    /// Whether a line asks the reader to subscribe or to write in.
    static func isCall(_ folded: String) -> Bool {
        let namedServices = services.filter { folded.contains($0) }.count
        let calling = calls.contains { folded.hasPrefix($0) }
        if calling { return namedServices > 0 || wordCount(folded) <= 8 }
        return namedServices >= 2 && wordCount(folded) <= 25
    }

    /// How many stretches between blanks there are.
    static func wordCount(_ text: String) -> Int {
        text.split(whereSeparator: \.isWhitespace).count
    }

    /// A line without list marks, arrows and other signs around it.
    static func trimmedOfMarks(_ text: String) -> String {
        func isMark(_ character: Character) -> Bool {
            !(character.isLetter || character.isNumber)
        }
        let start = text.firstIndex { !isMark($0) } ?? text.endIndex
        let end = text.lastIndex { !isMark($0) }.map { text.index(after: $0) } ?? start
        return String(text[start..<max(start, end)])
    }
}
