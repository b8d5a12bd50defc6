package dev.identities.session;

import java.time.Instant;
import java.util.Optional;

/**
 * The account behind an identity. Text is as the realm holds it: untrusted, and the empty string when unknown.
 *
 * @param name display name
 * @param created when the account was made; empty for accounts of a user store that does not say
 */
public record Person(String username, String email, String name, boolean enabled, Optional<Instant> created) {

    /** A user whose account cannot be found any more; the sessions can still be seen and revoked. */
    public static final Person UNKNOWN = new Person("", "", "(unknown user)", false, Optional.empty());
}
