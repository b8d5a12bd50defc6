package dev.identities.bulk;

/** A bulk call does not fit its ticket, or lacks a reason. No session was touched. */
public final class BulkRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. Where nothing else is said, it is wrong with the ticket. */
    public enum Reason {
        /** It does not open: it was altered, or made for another realm, or the realm's key is gone. */
        UNKNOWN,
        /** Another caller made the dry run. */
        OTHER_CALLER,
        /** The dry run had another filter. */
        OTHER_FILTER,
        /** Its time is over. */
        EXPIRED,
        /** A call with it has begun already. */
        USED,
        /** The call is to end so many sessions that it must say why. */
        NO_REASON
    }

    private final Reason reason;

    BulkRefusedException(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
