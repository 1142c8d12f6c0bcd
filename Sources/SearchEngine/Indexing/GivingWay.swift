import Glibc

/// How threads that write give way to those that search.
///
/// Whenever such a thread has its turn on a processor that searches want, one of them waits for the
/// end of the turn, which is some milliseconds long. So turns have to be rare beside the searches:
/// the slowest hundredth of them should be none that waited.
public enum GivingWay {
    /// How much a thread gives way, in steps of `nice`.
    ///
    /// A tenth of a processor is left to it where searches want all of it. Where nobody searches, it
    /// has all of it.
    static let niceness: Int32 = 10

    /// Lets the thread that runs this give way from now on, for good; one that already does more so
    /// is left as it is.
    public static func begin() {
        // On Linux both are of a thread. Where it is refused, writes are as before.
        let process = __priority_which_t(PRIO_PROCESS.rawValue)
        guard getpriority(process, 0) < niceness else { return }
        setpriority(process, 0, niceness)
        // When the disk has answered, the thread waits for its turn and interrupts nobody.
        var parameters = sched_param(sched_priority: 0)
        sched_setscheduler(0, SCHED_BATCH, &parameters)
    }
}
