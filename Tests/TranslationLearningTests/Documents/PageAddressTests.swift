import Testing

@testable import TranslationLearning

/// What addresses of one page in several languages have in common.
struct PageAddressTests {
    @Test(arguments: [
        ["https://www.enu.kz/kz/news/5", "http://enu.kz/ru/news/5/", "enu.kz/EN/news/5#top"],
        ["site.kz/news/5?lang=kk", "site.kz/news/5?lang=ru"],
        ["site.kz/?id=5&language=kz&page=2", "site.kz/?id=5&language=en&page=2"],
        ["kk.site.kz/a/b", "ru.site.kz/a/b"],
        ["site.kz/news/kaz/5", "site.kz/news/rus/5", "site.kz/news/eng/5"],
    ])
    func `addresses that differ in the language alone have one pattern`(addresses: [String]) {
        let patterns = addresses.map { PageAddress.pattern(PageAddress.plain($0)) }
        #expect(patterns[0] != nil)
        #expect(Set(patterns).count == 1, "\(patterns)")
    }

    @Test(arguments: [
        ("site.kz/kz/news/5", "site.kz/ru/news/6"), ("a.kz/kz/1", "b.kz/ru/1"),
        ("site.kz/kz/ru/5", "site.kz/ru/kz/5"),
        ("site.kz/5?lang=kk&id=1", "site.kz/5?lang=ru&id=2"),
    ])
    func `other pages have other patterns`(left: String, right: String) {
        #expect(PageAddress.pattern(left) != PageAddress.pattern(right))
    }

    @Test(arguments: [
        "", "site.kz", "site.kz/news/5", "kz/news", "ru.kz", "site.kz/?id=kk", "site.kz/kzt/5",
        "site.kz/news?q=ru",
    ])
    func `an address that names no language has no pattern`(address: String) {
        #expect(PageAddress.pattern(address) == nil)
    }
}
