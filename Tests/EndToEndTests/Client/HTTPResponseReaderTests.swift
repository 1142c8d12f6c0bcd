import Testing

@testable import izde

@Suite struct `HTTP response reader` {
    private func read(_ text: String, pieces: Int = .max, limit: Int = 1000, ends: Bool = false)
        throws(HTTPError) -> HTTPResponse?
    {
        var reader = HTTPResponseReader(limit: limit)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try reader.append(rest.prefix(pieces))
            rest = rest.dropFirst(pieces)
        }
        if ends { try reader.end() }
        return reader.response
    }

    private let whole = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nсө\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nс\r\n3;x=y\r\nө\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n5\r\nсө\n\r\n0\r\nIzde-Failed: 3\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nсө\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nсө\n",
    ]

    @Test func `reads an answer in one piece and byte by byte alike`() throws {
        for text in whole {
            for pieces in [1, 2, 3, 7, Int.max] {
                let response = try #require(try read(text, pieces: pieces), "\(text)")
                #expect(response.status == 200)
                #expect(response.body == Array("сө\n".utf8))
                #expect(response.keepsConnection)
            }
        }
        let trailer = try #require(try read(whole[2]))
        #expect(trailer.field("izde-failed") == "3")
    }

    @Test func `calls an answer that ends early cut, at every length`() throws {
        for text in whole {
            let bytes = Array(text.utf8)
            for count in 0..<bytes.count {
                var reader = HTTPResponseReader(limit: 1000)
                try reader.append(bytes[..<count])
                #expect(reader.response == nil)
                #expect(throws: HTTPError.cut) { try reader.end() }
            }
        }
    }

    @Test func `reads to the end of the connection where no length is told`() throws {
        let text = "HTTP/1.1 200 OK\r\n\r\nabc"
        #expect(try read(text) == nil)
        let response = try #require(try read(text, ends: true))
        #expect(response.body == Array("abc".utf8))
        #expect(!response.keepsConnection)
    }

    @Test func `refuses an answer longer than its limit`() {
        let texts = [
            "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n3e8\r\n",
            "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "a", count: 1001),
        ]
        for text in texts {
            #expect(throws: HTTPError.tooLarge(limit: 1000)) { try read(text) }
        }
    }

    @Test func `refuses what is not HTTP`() {
        let texts = [
            "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n", "\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\n: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 70_000),
            String(repeating: "HTTP/1.1 200 OK\r\n", count: 5_000),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                + String(repeating: "A: b\r\n", count: 20_000),
        ]
        for text in texts {
            #expect {
                try read(text)
            } throws: { error in
                if case HTTPError.malformed = error { true } else { false }
            }
        }
    }

    @Test func `survives every flipped byte`() {
        for text in whole {
            let bytes = Array(text.utf8)
            for index in bytes.indices {
                for bit in 0..<8 {
                    var hostile = bytes
                    hostile[index] ^= 1 << UInt8(bit)
                    var reader = HTTPResponseReader(limit: 1000)
                    do throws(HTTPError) {
                        try reader.append(hostile[...])
                        try reader.end()
                        #expect(reader.response != nil)
                    } catch {
                        #expect(reader.response == nil || error != .cut)
                    }
                }
            }
        }
    }

    @Test func `knows whether the connection stays`() throws {
        let closed = try #require(
            try read("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
        #expect(!closed.keepsConnection)
        let old = try #require(try read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"))
        #expect(!old.keepsConnection)
        let empty = try #require(try read("HTTP/1.1 204 No Content\r\n\r\n"))
        #expect(empty.keepsConnection && empty.body.isEmpty)
    }
}
