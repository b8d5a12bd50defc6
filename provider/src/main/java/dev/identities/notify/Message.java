package dev.identities.notify;

/** The news for one party that a session has ended. It can be delivered after the request that ended the session. */
public interface Message {

    /** The name of the realm of the party and the session. */
    String realm();

    /** The client id of an application, or {@code idp:} + the alias of an identity provider. */
    String party();

    /** The id of the session that has ended, for the log. */
    String sid();

    /** False when the party offers no way to be told; then there is no attempt. */
    boolean tellable();

    /** The result of one attempt. */
    enum Result {
        /** The party answered with success. */
        CONFIRMED,
        /** Something was sent, but no answer of success came. Another attempt may get one. */
        NOT_CONFIRMED,
        /** Nothing was sent, because there is nothing to send or no address. Another attempt would do the same. */
        NOTHING_SENT
    }

    /**
     * Makes one attempt. It has a time limit of some seconds, because it must give its thread back.
     *
     * @throws RuntimeException as {@link Result#NOT_CONFIRMED}
     */
    Result attempt();
}
