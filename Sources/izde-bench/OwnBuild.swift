import Foundation

/// The programs of the build that this one is of.
enum OwnBuild {
    /// The daemon and indexer beside this program.
    static let izded = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("izded")
}
