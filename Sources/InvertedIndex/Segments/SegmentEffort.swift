/// How much work is put into a segment.
///
/// Both are whole segments and answer all searches alike.
public enum SegmentEffort: Sendable {
    /// As small and as fast to search as can be.
    case full
    /// Soon merged: numbers are packed without a search for exceptions, and terms have no column of
    /// their ends, so that it is written and read again in less time.
    case least
}
