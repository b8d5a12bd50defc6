package dev.identities.session;

import java.time.Instant;
import java.util.Optional;

/**
 * The account behind an identity. Text is as the realm holds it: untrusted, and the empty string when unknown.
 *
 * @param name display name
 * @param created when the account was made; empty for accounts of a user store that does not say
 * @param account where the account is
 */
public record Person(
        String username, String email, String name, boolean enabled, Optional<Instant> created, Account account) {

    /** Where an account is. */
    public enum Account {
        /** In one of the realm's user stores. */
        STORED,
        /** Only in the session: the realm stores no accounts of that identity provider. It ends with the session. */
        TRANSIENT,
        /** Not found, for example because it was deleted. */
        UNKNOWN
    }

    /** A user whose account cannot be found any more; the sessions can still be seen and revoked. */
    public static final Person UNKNOWN = new Person("", "", "(unknown user)", false, Optional.empty(), Account.UNKNOWN);

    /** A person with a stored account. */
    public Person(String username, String email, String name, boolean enabled, Optional<Instant> created) {
        this(username, email, name, enabled, created, Account.STORED);
    }
}
