package dev.identities.session;

/** An authenticated caller who asks for the end of sessions: an administrator, a client or an identity provider. */
public interface Actor {

    /** The actor's id in the realm's records: a user id, a client id, or the alias of an identity provider. */
    String id();
}
