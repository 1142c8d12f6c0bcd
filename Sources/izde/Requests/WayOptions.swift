import ArgumentParser

/// The flags that switch off a way of understanding the query.
struct WayOptions: ParsableArguments {
    /// What is switched off.
    struct Off: Equatable {
        var scripts = false
        var layout = false
        var typos = false
        var names = false
        var languages = false
    }

    @Flag(help: "Take no word for a misspelt one.")
    var noTypos = false

    @Flag(help: "Read nothing as typed on another keyboard layout.")
    var noLayout = false

    @Flag(help: "Find words only in the script and spelling that is typed.")
    var noScripts = false

    @Flag(help: "Find nobody under another name than the typed one.")
    var noNames = false

    @Flag(help: "Find words only in the language that is typed.")
    var noLanguages = false

    /// What is switched off.
    var off: Off {
        Off(
            scripts: noScripts, layout: noLayout, typos: noTypos, names: noNames,
            languages: noLanguages)
    }
}
