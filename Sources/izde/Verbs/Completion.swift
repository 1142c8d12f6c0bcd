import ArgumentParser
import ServiceAPI

/// `izde completion`: the script with which a shell completes the command line.
struct Completion: ParsableCommand {
    /// The shells.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    static let configuration = CommandConfiguration(
        abstract: "Write the completion script of a shell.",
        discussion: """
            bash: izde completion bash > ~/.local/share/bash-completion/completions/izde
            zsh:  izde completion zsh > ~/.zfunc/_izde   (a folder of $fpath)
            fish: izde completion fish > ~/.config/fish/completions/izde.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        let parserShell: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        var output = OutputStream(descriptor: 1)
        do {
            try output.writeLine(Izde.completionScript(for: parserShell))
            try output.flush()
        } catch {
            throw ClientError.output(error)
        }
    }
}
