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

    /** What one attempt came to. */
    enum Result {
        /** The party answered with success. */
        CONFIRMED,
        /** Something was sent, and nobody answered it with success: worth another attempt. */
        NOT_CONFIRMED,
        /** Nothing was sent, because there is nothing to send or nowhere to send it to: no other attempt will differ. */
        NOTHING_SENT
    }

    /**
     * One attempt. It has a time limit of seconds for all that it does, so that it gives its thread back.
     *
     * @throws RuntimeException as {@link Result#NOT_CONFIRMED}
     */
    Result attempt();
}
