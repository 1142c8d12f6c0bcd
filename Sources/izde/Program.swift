import ArgumentParser
import Glibc
import ServiceAPI

/// The program: from arguments to the exit code.
enum Program {
    /// Runs `izde` with the arguments behind its name; returns the exit code.
    static func run(_ arguments: [String]) -> Int32 {
        // A reader that goes away must show as an error of `write`, not kill the program.
        signal(SIGPIPE, SIG_IGN)
        if arguments.isEmpty {
            Session.note(Izde.helpMessage())
            return ExitStatus.usage.rawValue
        }
        let verbs = Izde.configuration.subcommands.map { $0._commandName } + ["help"]
        do {
            var command = try Izde.parseAsRoot(
                ArgumentOrder.normalized(
                    arguments, verbs: verbs, groups: [Admin._commandName]))
            try command.run()
            return ExitStatus.success.rawValue
        } catch let error as ClientError {
            let terminal = Terminal.current(STDERR_FILENO, choice: .auto)
            for line in ErrorLayout.lines(error, width: terminal.width) {
                Session.note(line.rendered(color: terminal.hasColor))
            }
            return error.status.rawValue
        } catch {
            return end(parsing: error)
        }
    }

    /// The one place where the parser's endings become ours: help goes to standard output with 0,
    /// its code 64 for wrong usage becomes 2, so that `if izde …; then` works as with grep.
    private static func end(parsing error: any Error) -> Int32 {
        let text = Izde.fullMessage(for: error)
        let code = Izde.exitCode(for: error)
        if code.isSuccess {
            var output = OutputStream(descriptor: STDOUT_FILENO)
            do {
                try output.writeLine(text)
                try output.flush()
                return ExitStatus.success.rawValue
            } catch {
                return ClientError.output(error).status.rawValue
            }
        }
        Session.note(ErrorLayout.usage(text))
        return status(parserCode: code.rawValue)
    }

    /// The exit code for one of the parser's.
    static func status(parserCode: Int32) -> Int32 {
        parserCode == EX_USAGE ? ExitStatus.usage.rawValue : parserCode
    }
}
