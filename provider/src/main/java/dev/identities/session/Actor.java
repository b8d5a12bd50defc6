package dev.identities.session;

/** An authenticated caller who asks for the end of sessions: an administrator or an OAuth client. */
public interface Actor {

    /** The actor's id in the realm's records: an administrator's user id, or a client's client id. */
    String id();
}
