import Synchronization

/// The configuration of the server as it is now; a part of it may change while the server runs.
///
/// Who needs it at each request keeps a copy and asks only whether there is a newer one, which is
/// one atomic load.
final class LiveConfiguration: Sendable {
    private struct State {
        var configuration: ServerConfiguration
        var observers: [@Sendable (ServerConfiguration) -> Void] = []
    }

    private let state: Mutex<State>
    private let version = Atomic<Int>(0)

    /// The configuration at the start.
    init(_ configuration: ServerConfiguration) {
        state = Mutex(State(configuration: configuration))
    }

    /// The configuration now.
    var current: ServerConfiguration { state.withLock { $0.configuration } }

    /// A copy of it that can be refreshed.
    struct Copy {
        fileprivate(set) var configuration: ServerConfiguration
        fileprivate var version: Int
    }

    /// A copy.
    func copy() -> Copy {
        state.withLock { state in
            Copy(
                configuration: state.configuration, version: version.load(ordering: .acquiring))
        }
    }

    /// Brings a copy up to date.
    func refresh(_ copy: inout Copy) {
        if version.load(ordering: .acquiring) != copy.version { copy = self.copy() }
    }

    /// Calls with the configuration now and whenever it changes.
    func observe(_ body: @escaping @Sendable (ServerConfiguration) -> Void) {
        let configuration = state.withLock { state in
            state.observers.append(body)
            return state.configuration
        }
        body(configuration)
    }

    /// Takes over what can change while the server runs; returns the keys of what cannot and would
    /// be different.
    func replace(by new: ServerConfiguration) -> [String] {
        let (names, taken, observers) = state.withLock { state in
            var taken = new
            let names = Self.fixedParts.compactMap { name, keep in
                keep(&taken, state.configuration) ? name : nil
            }
            state.configuration = taken
            version.add(1, ordering: .releasing)
            return (names, taken, state.observers)
        }
        for observer in observers { observer(taken) }
        return names
    }

    private typealias Part = (String, (inout ServerConfiguration, ServerConfiguration) -> Bool)

    /// What sockets and threads were made by, under its keys in the file.
    private static var fixedParts: [Part] {
        func part<Value: Equatable>(
            _ name: String, _ path: WritableKeyPath<ServerConfiguration, Value>
        ) -> Part {
            (
                name,
                { new, old in
                    guard new[keyPath: path] != old[keyPath: path] else { return false }
                    new[keyPath: path] = old[keyPath: path]
                    return true
                }
            )
        }
        return [
            part("socket.path", \.socketPath), part("socket.mode", \.socketMode),
            part("socket.group", \.socketGroup), part("socket.readOnlyPath", \.readOnlySocketPath),
            part("socket.readOnlyMode", \.readOnlySocketMode),
            part("socket.readOnlyGroup", \.readOnlySocketGroup),
            part("server.readOnly", \.isReadOnly), part("server.eventLoopCount", \.eventLoopCount),
            part("server.searchThreadCount", \.searchThreadCount),
        ]
    }
}
