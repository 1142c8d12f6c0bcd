import ArgumentParser
import JSON
import ServiceAPI

/// `izde status`: whether the daemon is well, on one screen.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show whether the daemon is well: versions, collections, sizes.")

    @OptionGroup var quiet: QuietOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        try shown(Session(global, isQuiet: quiet.quiet))
    }

    private func shown(_ session: Session) throws(ClientError) {
        let health = try session.client.exchange(.health)
        let healthJSON = try DaemonClient.json(of: health)
        let state = healthJSON["status"]?.string
        let isWell = health.status == 200
        if session.form.isJSON {
            try session.write(answer: health)
        } else {
            let stats: JSONValue
            do throws(ClientError) {
                stats = try DaemonClient.json(of: session.client.send(.stats))
            } catch {
                // While it starts or stops it may have no numbers; what it says of itself is shown.
                guard !isWell, state != nil else { throw error }
                stats = .object(JSONObject())
            }
            try session.write(
                StatsLayout.status(
                    health: healthJSON, stats: stats, path: session.client.path,
                    width: session.terminal.width))
        }
        try session.flush()
        if !isWell { throw .ended(.tryAgain) }
    }
}
