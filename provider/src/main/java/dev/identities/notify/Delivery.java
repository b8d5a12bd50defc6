package dev.identities.notify;

import java.util.Optional;

/**
 * Whether a party that held a session was told of its end.
 *
 * @param party the client id of an application, or {@code idp:} + the alias of an identity provider
 */
public record Delivery(String party, Status status) {

    /** What stands in front of the alias of an identity provider. */
    public static final String IDENTITY_PROVIDER = "idp:";

    /** How far it went. */
    public enum Status {
        /** The party answered with success, and we saw the answer. */
        CONFIRMED,
        /** Not answered yet; attempts go on in the background and the outcome is logged. */
        PENDING,
        /** All attempts failed; the session is gone all the same. */
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
