package dev.identities.notify;

import java.util.Optional;

/**
 * How far the message to one party about the end of one session has got.
 *
 * @param party the client id of an application, or {@code idp:} + the alias of an identity provider
 */
public record Delivery(String party, Status status) {

    /** The prefix of the alias of an identity provider. */
    public static final String IDENTITY_PROVIDER = "idp:";

    /** The state of a delivery. */
    public enum Status {
        /** The party answered with success, and we saw the answer. */
        CONFIRMED,
        /** No answer yet. Attempts go on in the background, and the log has their outcome. */
        PENDING,
        /** All attempts failed. The session has ended all the same. */
        FAILED,
        /** Nothing can be sent to the party: an application notices when it next asks for a token. */
        CANNOT_TELL
    }

    /** The alias, if the party is an identity provider. */
    public Optional<String> identityProvider() {
        return party.startsWith(IDENTITY_PROVIDER)
                ? Optional.of(party.substring(IDENTITY_PROVIDER.length()))
                : Optional.empty();
    }
}
