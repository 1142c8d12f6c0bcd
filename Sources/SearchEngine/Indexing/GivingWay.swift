import CKernels
import Glibc

/// How threads that write give way to those that search.
///
/// Whenever such a thread has its turn on a processor that searches want, one of them waits for the
/// end of the turn. So turns have to be short, which they are only if the thread itself asks now and
/// then whether somebody waits, and rare beside the searches.
public enum GivingWay {
    /// How much a thread gives way, in steps of `nice`.
    ///
    /// A tenth of a processor is left to it where searches want all of it. Where nobody searches, it
    /// has all of it.
    static let niceness: Int32 = 10

    /// Lets the thread that runs this give way from now on, for good; one that already does more so
    /// is left as it is.
    public static func begin() {
        // On Linux all this is of a thread. Where it is refused, writes are as before.
        let process = __priority_which_t(PRIO_PROCESS.rawValue)
        guard getpriority(process, 0) < niceness else { return }
        // It interrupts nobody when the disk has answered, and what it gives up in `pause` is the rest
        // of a turn, so turns have to be short. Older systems know niceness alone.
        if ck_give_way(niceness, UInt64(turn / .nanoseconds(1))) == 0 {
            setpriority(process, 0, niceness)
        }
    }

    /// How long a turn is.
    private static let turn = Duration.microseconds(200)

    /// Lets those go first that wait for this processor; to be called every fraction of a
    /// millisecond.
    ///
    /// Otherwise the system looks only some hundred times a second whether a turn is over.
    public static func pause() { sched_yield() }
}
