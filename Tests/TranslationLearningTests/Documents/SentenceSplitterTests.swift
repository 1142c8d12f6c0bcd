import Testing

@testable import TranslationLearning

/// Where one sentence ends and the next begins, shown by `|`.
struct SentenceSplitterTests {
    @Test(arguments: [
        "Мектеп ашылды. |Оқушылар келді.", "Қалайсыз? |Жақсы! |Рақмет…", "Бір сөйлем",
        "А. Құнанбайұлы Семейде туған. |Ол ақын.", "В г. Алматы и др. городах идёт снег. |Холодно.",
        "«Мы готовы.» |Так сказал министр.", "It costs 2.5 million. |The U.S. pays.",
        "Бағасы 3.50 теңге. |2024 жылы өсті.", "Сайт kaznu.kz ашылды. |Кіріңіз.",
        "Он сказал: «Нет». |– Почему?", "и т. д. и т. п.", "Wait... |What?", "Соңы. ",
    ])
    func `sentences end where a reader sees an end`(marked: String) {
        let parts = marked.split(separator: "|").map(String.init)
        let expected = parts.map { part in
            part.last == " " ? String(part.dropLast()) : part
        }
        #expect(SentenceSplitter.sentences(of: parts.joined()) == expected)
    }

    @Test func `a paragraph ends a sentence, and blanks are none`() {
        #expect(
            SentenceSplitter.sentences(of: ["Тақырып", " ", "", "Бірінші. Екінші"])
                == ["Тақырып", "Бірінші.", "Екінші"])
    }
}
