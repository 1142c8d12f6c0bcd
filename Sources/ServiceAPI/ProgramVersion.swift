/// The version of izde, the same for daemon and client.
public enum ProgramVersion {
    /// The version, by semantic versioning.
    public static let current = "0.1.0"
}
