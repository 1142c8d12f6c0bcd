import ArgumentParser
import JSON
import ServiceAPI

/// `izde snapshot`: keeps all collections as they are now.
struct Snapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep all collections as they are now, and print where.",
        discussion: """
            The daemon hard-links the files into the folder `snapshots` of its data, so that this \
            takes a moment and little space. For root, the user of the daemon and those of \
            socket.adminUsers. `izded restore` brings a snapshot back.

            EXAMPLES
              izde snapshot
              izde snapshot before-import
            """)

    @Argument(help: "Its name: letters, digits, - and _; the time of now if absent.")
    var name: String?

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        try taken(
            Session(
                global, isQuiet: quiet.quiet,
                defaultMilliseconds: Session.maintenanceMilliseconds))
    }

    private func taken(_ session: Session) throws(ClientError) {
        let response = try session.client.send(
            .takeSnapshot, body: .json(SnapshotMessage(name: name).json))
        if session.form.isJSON {
            try session.write(answer: response)
        } else {
            let json = try DaemonClient.json(of: response)
            guard let path = json["path"]?.string else {
                throw .answer("the daemon did not say where the snapshot is")
            }
            try session.write([SafeText.line(path)])
        }
        try session.flush()
    }
}
