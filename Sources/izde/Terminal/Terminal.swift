import Glibc

/// Where the output goes: a terminal or not, how wide, in colour or not.
struct Terminal: Equatable {
    /// When colour is used.
    enum ColorChoice: String, CaseIterable, Sendable {
        case auto, always, never
    }

    /// Whether people read: the reading layout is for them.
    var isInteractive: Bool
    /// The cells of a line.
    var width: Int
    /// Whether escape sequences are written.
    var hasColor: Bool

    /// What the environment says.
    ///
    /// The width is that of the terminal, then `COLUMNS`, then 80. Colour is on only for a terminal,
    /// without `NO_COLOR` and not for `TERM=dumb`; `choice` overrules all three.
    init(
        isInteractive: Bool, terminalWidth: Int?, choice: ColorChoice,
        environment: (String) -> String?
    ) {
        self.isInteractive = isInteractive
        let columns = environment("COLUMNS").flatMap { Int($0) }
        // Below 10 cells nothing can be laid out; such a width is a mistake of the setting.
        width = [terminalWidth, columns].compactMap { $0 }.first { $0 >= 10 } ?? 80
        width = min(width, 1000)
        switch choice {
        case .always: hasColor = true
        case .never: hasColor = false
        case .auto:
            hasColor =
                isInteractive && (environment("NO_COLOR") ?? "").isEmpty
                && environment("TERM") != "dumb"
        }
    }

    /// The terminal behind a descriptor.
    static func current(_ descriptor: Int32, choice: ColorChoice) -> Terminal {
        let isInteractive = isatty(descriptor) == 1
        var size = winsize()
        var width: Int?
        if isInteractive, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            width = Int(size.ws_col)
        }
        return Terminal(
            isInteractive: isInteractive, terminalWidth: width, choice: choice,
            environment: Environment.value)
    }
}

/// The variables of the environment.
enum Environment {
    /// The value of a variable, `nil` if it is not set.
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
