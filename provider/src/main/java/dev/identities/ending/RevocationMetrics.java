package dev.identities.ending;

/** Counts what became of sessions, each once, when it is settled. */
@FunctionalInterface
public interface RevocationMetrics {

    /** Counts nothing. */
    RevocationMetrics NONE = status -> {};

    /** A session that somebody asked to end. */
    void session(Outcome.Status status);
}
