/// The text format of Prometheus, read strictly: the smallest reader that refuses what is malformed.
///
/// - Source: Prometheus, "Exposition formats", version 0.0.4.
struct Exposition {
    struct Malformed: Error, CustomStringConvertible {
        var description: String
    }

    struct Sample {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    /// The kinds of the metrics by name.
    private(set) var kinds: [String: String] = [:]
    private(set) var samples: [Sample] = []

    init(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self), text.hasSuffix("\n") else {
            throw Malformed(description: "not UTF-8, or the last line has no end")
        }
        var helped: Set<String> = []
        var current = ""
        var series: Set<String> = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            if line.hasPrefix("# HELP ") {
                let name = String(line.split(separator: " ")[2])
                guard helped.insert(name).inserted else { throw Malformed(description: "\(line)") }
            } else if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ")
                guard words.count == 4, ["counter", "gauge", "histogram"].contains(words[3]),
                    helped.contains(String(words[2])), kinds[String(words[2])] == nil
                else { throw Malformed(description: "\(line)") }
                current = String(words[2])
                kinds[current] = String(words[3])
            } else {
                let sample = try Self.sample(line)
                // All lines of a metric stand together, under its name.
                let ends = kinds[current] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
                guard ends.contains(where: { sample.name == current + $0 }) else {
                    throw Malformed(description: "\(line) does not belong to \(current)")
                }
                let pairs = sample.labels.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
                guard series.insert("\(sample.name) \(pairs)").inserted else {
                    throw Malformed(description: "twice: \(line)")
                }
                samples.append(sample)
            }
        }
        try checkHistograms()
    }

    /// The value of a series, `nil` if there is none.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private static func sample(_ line: Substring) throws -> Sample {
        func isName(_ text: some StringProtocol) -> Bool {
            guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
            return text.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || $0 == "_" || (48...57).contains($0.value))
            }
        }
        var rest = line
        let name = rest.prefix { $0 != "{" && $0 != " " }
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while rest.first != "}" {
                let label = rest.prefix { $0 != "=" }
                rest = rest.dropFirst(label.count)
                guard isName(label), rest.hasPrefix("=\""), labels[String(label)] == nil else {
                    throw Malformed(description: "a label in \(line)")
                }
                rest = rest.dropFirst(2)
                var value = ""
                while let character = rest.first, character != "\"" {
                    rest = rest.dropFirst()
                    if character == "\\" {
                        guard let next = rest.first, "\\n\"".contains(next) else {
                            throw Malformed(description: "an escape in \(line)")
                        }
                        value.append(next == "n" ? "\n" : next)
                        rest = rest.dropFirst()
                    } else {
                        value.append(character)
                    }
                }
                guard rest.first == "\"" else { throw Malformed(description: "\(line)") }
                rest = rest.dropFirst()
                if rest.first == "," { rest = rest.dropFirst() }
                labels[String(label)] = value
            }
            rest = rest.dropFirst()
        }
        guard isName(name), rest.first == " ", let value = Double(rest.dropFirst()) else {
            throw Malformed(description: "\(line)")
        }
        return Sample(name: String(name), labels: labels, value: value)
    }

    /// Buckets ascend, the last is `+Inf` and says what `_count` says.
    private func checkHistograms() throws {
        for (name, kind) in kinds where kind == "histogram" {
            var groups: [[String: String]: [(bound: Double, count: Double)]] = [:]
            for sample in samples where sample.name == name + "_bucket" {
                var labels = sample.labels
                guard let bound = labels.removeValue(forKey: "le").flatMap(Double.init) else {
                    throw Malformed(description: "\(name): a bucket without a bound")
                }
                groups[labels, default: []].append((bound, sample.value))
            }
            for (labels, buckets) in groups {
                guard
                    zip(buckets, buckets.dropFirst()).allSatisfy({
                        $0.bound < $1.bound && $0.count <= $1.count
                    }), buckets.last?.bound == .infinity,
                    buckets.last?.count == value(name + "_count", labels),
                    value(name + "_sum", labels) != nil
                else { throw Malformed(description: "\(name) \(labels)") }
            }
        }
    }
}
