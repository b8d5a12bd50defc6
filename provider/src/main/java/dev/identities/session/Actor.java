package dev.identities.session;

/** Somebody who asks for the end of sessions, authenticated: an administrator or an OAuth client. */
public interface Actor {

    /** What the actor goes by in the realm's records: an administrator's user id, a client's client id. */
    String id();
}
