/// Writes the text format of Prometheus.
///
/// - Source: Prometheus, "Exposition formats", version 0.0.4.
struct PrometheusText {
    /// The media type.
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// What a metric is.
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// One value with its labels.
    typealias Sample = (labels: [(String, String)], value: Double)

    private var text = ""

    /// What was written.
    var bytes: [UInt8] { Array(text.utf8) }

    /// Writes a metric with one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        add(name, kind, help, [([], value)])
    }

    /// Writes a metric with all its values, if there are any.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        head(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    /// Writes a histogram: for each set of labels the counts of its buckets, not yet added up, and
    /// the sum of what was measured.
    mutating func addHistogram(
        _ name: String, _ help: String, bounds: [Double],
        _ samples: [(labels: [(String, String)], counts: [Int], sum: Double)]
    ) {
        guard !samples.isEmpty else { return }
        head(name, .histogram, help)
        for sample in samples {
            var total = 0
            for (place, count) in sample.counts.enumerated() {
                total += count
                let bound = place < bounds.count ? Self.number(bounds[place]) : "+Inf"
                line("\(name)_bucket", sample.labels + [("le", bound)], Double(total))
            }
            line("\(name)_sum", sample.labels, sample.sum)
            line("\(name)_count", sample.labels, Double(total))
        }
    }

    private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quote: false))\n"
        text += "# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1, quote: true))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(Self.number(value))\n"
    }

    private static func escaped(_ text: String, quote: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quote: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? "\(value)"
    }
}
