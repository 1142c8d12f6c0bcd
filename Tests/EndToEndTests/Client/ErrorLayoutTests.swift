import Glibc
import ServiceAPI
import Testing

@testable import izde

@Suite struct `Errors of the client` {
    private func text(_ error: ClientError, width: Int = 60) -> String {
        ErrorLayout.lines(error, width: width).map(\.text).joined(separator: "\n")
    }

    private func problem(_ text: String, at word: String, suggestion: String? = nil) -> ClientError
    {
        let start =
            text.utf8.count
            - (text.firstRange(of: word).map { text[$0.lowerBound...].utf8.count } ?? 0)
        return .problem(
            ProblemDetails(
                .invalidFilter, "Unknown attribute", param: "filter",
                position: .init(start: start, length: word.utf8.count), suggestion: suggestion),
            texts: ["filter": text])
    }

    @Test func `a caret stands under the place, measured in cells`() {
        #expect(
            text(
                problem("тіл = қазақ AND published > 1", at: "published", suggestion: "publishedAt")
            )
                == """
                izde: Unknown attribute
                  тіл = қазақ AND published > 1
                                  ^^^^^^^^^
                  Did you mean: publishedAt
                """)
        #expect(
            text(problem("漢字 = 🇰🇿 AND x", at: "x")) == """
                izde: Unknown attribute
                  漢字 = 🇰🇿 AND x
                                ^
                """)
    }

    @Test func `a place far in a long text is still shown`() {
        let long = String(repeating: "сөз ", count: 1200) + "ҚАТЕ соңы"
        let lines = ErrorLayout.lines(problem(long, at: "ҚАТЕ"), width: 60)
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.width <= 60 })
        let column = lines[2].text.prefix { $0 == " " }.count
        #expect(lines[1].text.dropFirst(column).hasPrefix("ҚАТЕ"))
        #expect(lines[2].text.hasSuffix("^^^^"))
    }

    @Test func `places outside of the text do no harm`() {
        for (start, length) in [(-5, 3), (100, 1), (2, Int.max), (Int.max, Int.max), (0, -1)] {
            let error = ClientError.problem(
                ProblemDetails(
                    .invalidQuerySyntax, "x", param: "q",
                    position: .init(start: start, length: length)), texts: ["q": "сөз"])
            #expect(ErrorLayout.lines(error, width: 20).count == 3)
        }
    }

    @Test func `each error has its exit code`() {
        func status(_ code: ProblemCode) -> Int32 {
            ClientError.problem(ProblemDetails(code, ""), texts: [:]).status.rawValue
        }
        #expect(status(.invalidFilter) == 2)
        #expect(status(.documentNotFound) == 1)
        #expect(status(.allLinesFailed) == 65)
        #expect(status(.tooManySearches) == 75)
        #expect(status(.starting) == 75)
        #expect(status(.readOnlySocket) == 77)
        func status(_ error: ConnectionError) -> Int32 {
            ClientError.connection(error, advice: nil).status.rawValue
        }
        #expect(status(.cannotConnect(path: "/s", code: ENOENT)) == 69)
        #expect(status(.cannotConnect(path: "/s", code: ECONNREFUSED)) == 69)
        #expect(status(.cannotConnect(path: "/s", code: EACCES)) == 77)
        #expect(status(.timedOut(milliseconds: 5)) == 75)
        #expect(status(.badPath("")) == 78)
        #expect(status(.closed) == 69)
        #expect(ClientError.usage("x").status.rawValue == 2)
        #expect(ClientError.output(.closed).status.rawValue == 141)
        #expect(ClientError.output(.io(code: ENOSPC)).status.rawValue == 74)
        #expect(Program.status(parserCode: EX_USAGE) == 2)
    }

    @Test func `errors say what to do`() {
        let refused = ClientError.connection(
            .cannotConnect(path: "/run/izde/izded.sock", code: ENOENT),
            advice: SocketAdvice.text(path: "/run/izde/izded.sock", code: ENOENT))
        #expect(
            text(refused)
                == "izde: cannot reach /run/izde/izded.sock: there is no socket. "
                + "Is the daemon running? Start it: izded serve")
        #expect(
            SocketAdvice.permission(group: "izde", isMember: false)
                == "You are not in group \"izde\"; try: sudo usermod -aG izde $USER, "
                + "then log in again")
        #expect(text(.output(.closed)).isEmpty)
    }

    @Test func `a reason from the daemon cannot drive the terminal`() {
        let error = ClientError.problem(ProblemDetails(.invalidQ, "a\u{1B}[2Jb"), texts: [:])
        #expect(text(error) == "izde: a\\x1b[2Jb")
    }
}
