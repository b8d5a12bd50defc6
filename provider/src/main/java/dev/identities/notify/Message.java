package dev.identities.notify;

/** News for one party that a session is over. Can be delivered after the request that ended it. */
public interface Message {

    /** The name of the realm of the party and the session. */
    String realm();

    /** The client id of an application, or {@code idp:} + the alias of an identity provider. */
    String party();

    /** Whose session it was, for the log. */
    String sid();

    /** False when the party offers no way to be told; then there is no attempt. */
    boolean tellable();

    /**
     * One attempt; may take as long as Keycloak's HTTP client waits.
     *
     * @return whether the party confirmed
     */
    boolean attempt();
}
