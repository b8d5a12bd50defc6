package dev.identities.revocation;

/** Counts what became of sessions and of messages, each once, when it is settled. */
public interface Tally {

    /** Counts nothing. */
    Tally NONE = new Tally() {
        @Override
        public void session(Outcome.Status status) {
            // Nobody asked.
        }

        @Override
        public void message(Delivery.Status status) {
            // Nobody asked.
        }
    };

    /** A session that somebody asked to end. */
    void session(Outcome.Status status);

    /** A message whose status does not change any more: never {@link Delivery.Status#PENDING}. */
    void message(Delivery.Status status);
}
