import Testing

@testable import Corpus

@Suite struct PageCutterTests {
    private func cut(_ text: String) throws -> NewsPage { try PageCutter().cut(text) }

    @Test func `a menu, a headline and a glued date are told from the story`() throws {
        let page = try cut(
            """
            - Main page
            - News
            LIBRARY OPENS ITS NEW READING ROOM
            11/17/2021The library of the university opened a reading room. It has 200 seats.
            Students may work there until midnight.
            Press service of the library
            """)
        #expect(page.title == "LIBRARY OPENS ITS NEW READING ROOM")
        #expect(page.published?.day == "2021-11-17")
        #expect(page.published?.from == .dateline)
        #expect(page.body.hasPrefix("The library of the university"))
        #expect(page.body.hasSuffix("until midnight."))
        #expect(page.authors == ["Press service of the library"])
        #expect(page.residue == ["- Main page", "- News"])
    }

    @Test func `a headline that stands twice is shown once`() throws {
        let page = try cut(
            """
            ×

            Как изменится кампус в Караганде

            Как изменится кампус в Караганде

            В университете открыли новый корпус, передаёт Mysal365.kz.

            Подписывайтесь на наш Telegram. Пишите нам в WhatsApp.

            Лента новостей

            Все новости →
            """)
        #expect(page.title == "Как изменится кампус в Караганде")
        #expect(page.body == "В университете открыли новый корпус, передаёт Mysal365.kz.")
        #expect(page.source == "mysal365.kz")
        #expect(page.residue.count == 5)
    }

    @Test func `a page without a headline takes its first clause`() throws {
        let page = try cut(
            """
            EKTU named after D. Serikbayev opens a laboratory of robotics - the agreement was signed on Monday in the capital.

            The second paragraph follows.
            """)
        #expect(page.title == "EKTU named after D. Serikbayev opens a laboratory of robotics")
        #expect(page.body.contains("the agreement was signed"))
    }

    @Test func `a date inside the first sentence stays in the story`() throws {
        let page = try cut(
            """
             The forum of\u{A0} rectors\u{A0}\u{A0} in Chelyabinsk

            From 8 to 9 November, 2017, the forum was held. It ended with a resolution.
            """)
        #expect(page.title == "The forum of rectors in Chelyabinsk")
        #expect(page.published?.from == .text)
        #expect(page.body.hasPrefix("From 8 to 9 November"))
    }

    @Test func `қазақша беттің мәзірі мен сілтемелері кесіледі`() throws {
        let page = try cut(
            """
            Басты бет
            Жаңалықтар
            Университетте ашық есік күні өтті
            17.11.2021
            Іс-шараға мектеп оқушылары қатысты. Олар зертханаларды аралады.
            Telegram арнамызға жазылыңыз, Instagram парақшамызды оқыңыз
            Барлық жаңалықтар →
            """)
        #expect(page.title == "Университетте ашық есік күні өтті")
        #expect(page.published?.day == "2021-11-17")
        #expect(page.body == "Іс-шараға мектеп оқушылары қатысты. Олар зертханаларды аралады.")
        #expect(page.residue.count == 4)
    }

    @Test(arguments: ["", "\n\n", "×", "a", "→→→", "\u{FEFF}", "- \n- \n", "🙂"])
    func `odd pages do not trap`(text: String) throws {
        _ = try cut(text)
    }
}
