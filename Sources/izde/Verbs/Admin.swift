import ArgumentParser
import JSON
import ServiceAPI

/// `izde admin`: for those who run the daemon.
struct Admin: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reload, compact or verify; for those who run the daemon.",
        discussion: """
            For root, the user of the daemon and those of socket.adminUsers.

            EXAMPLES
              izde admin reload
              izde admin compact news
              izde admin verify
            """,
        subcommands: [Reload.self, Compact.self, Verify.self])

    /// `izde admin reload`.
    struct Reload: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the daemon read its configuration again; a wrong one changes nothing.")

        @OptionGroup var quiet: QuietOption
        @OptionGroup var global: GlobalOptions

        func run() throws { try reloaded(Session(global, isQuiet: quiet.quiet)) }

        private func reloaded(_ session: Session) throws(ClientError) {
            let response = try session.client.send(.reload)
            if session.form.isJSON {
                try session.write(answer: response)
            } else {
                let names = try DaemonClient.json(of: response)["needsRestart"]?.array ?? []
                try session.write(["reloaded"])
                if !names.isEmpty {
                    let list = names.compactMap(\.string).joined(separator: ", ")
                    session.note("izde: only a restart takes over: \(SafeText.line(list))")
                }
            }
            try session.flush()
        }
    }

    /// `izde admin compact`.
    struct Compact: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make one segment of all, and give back the space of deleted documents.")

        @Argument(help: "A collection; all if absent.")
        var collection: String?

        @OptionGroup var quiet: QuietOption
        @OptionGroup var global: GlobalOptions

        func run() throws {
            try compacted(
                Session(
                    global, isQuiet: quiet.quiet,
                    defaultMilliseconds: Session.maintenanceMilliseconds))
        }

        private func compacted(_ session: Session) throws(ClientError) {
            let response = try session.client.send(
                .compact, body: .json(MaintenanceMessage(collection: collection).json))
            if session.form.isJSON {
                try session.write(answer: response)
            } else {
                for entry in try DaemonClient.json(of: response)["collections"]?.array ?? [] {
                    try session.write([
                        SafeText.line(
                            "\(entry["name"]?.string ?? ""): generation "
                                + "\(entry["generation"]?.integer ?? 0)")
                    ])
                }
            }
            try session.flush()
        }
    }

    /// `izde admin verify`.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the daemon read every byte of its index and prove it sound.",
            discussion: "Exits with 65 if anything is damaged. Searches and writes go on.")

        @Argument(help: "A collection; all if absent.")
        var collection: String?

        @OptionGroup var quiet: QuietOption
        @OptionGroup var global: GlobalOptions

        func run() throws {
            try verified(
                Session(
                    global, isQuiet: quiet.quiet,
                    defaultMilliseconds: Session.maintenanceMilliseconds))
        }

        private func verified(_ session: Session) throws(ClientError) {
            let response = try session.client.send(
                .verify, body: .json(MaintenanceMessage(collection: collection).json))
            let json = try DaemonClient.json(of: response)
            if session.form.isJSON {
                try session.write(answer: response)
            } else {
                for entry in json["collections"]?.array ?? [] { try session.write(lines(entry)) }
            }
            try session.flush()
            if json["sound"]?.bool != true { throw .ended(.dataError) }
        }

        private func lines(_ entry: JSONValue) -> [String] {
            let errors = (entry["errors"]?.array ?? []).compactMap(\.string)
            let size = StatsLayout.byteText(entry["bytes"]?.integer ?? 0)
            let head =
                "\(entry["name"]?.string ?? ""): generation \(entry["generation"]?.integer ?? 0), "
                + "\(entry["documents"]?.integer ?? 0) documents, \(size): "
                + (errors.isEmpty ? "sound" : "damaged")
            return ([head] + errors.map { "  \($0)" }).map { SafeText.line($0) }
        }
    }
}
