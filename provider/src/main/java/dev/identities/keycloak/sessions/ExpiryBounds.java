package dev.identities.keycloak.sessions;

import dev.identities.listing.Branch;
import dev.identities.session.RememberMe;
import dev.identities.session.SessionKind;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.SessionExpirationUtils;

/**
 * The part of expiry that SQL can decide: a live session was created after {@code created} and used after
 * {@code active}.
 *
 * @param created second since the epoch; sessions created in it or before are over
 * @param active second since the epoch; sessions last used in it or before are over
 */
record ExpiryBounds(long created, long active) {

    /** A column of whole seconds since the epoch never holds less. */
    private static final long ALWAYS = -1;

    /**
     * The bounds now. If the remember-me flag is unknown, they are the looser ones, and the mapper decides each row.
     */
    static ExpiryBounds of(RealmModel realm, Branch branch, long now) {
        boolean offline = branch.kind() == SessionKind.OFFLINE;
        boolean remembered = branch.rememberMe() != RememberMe.NO && realm.isRememberMe();
        // Keycloak adds the lifespan to an instant. For the epoch, the result is the lifespan itself.
        long lifespan = SessionExpirationUtils.calculateUserSessionMaxLifespanTimestamp(offline, remembered, 0, realm);
        long idle = SessionExpirationUtils.calculateUserSessionIdleTimestamp(offline, remembered, 0, realm);
        return new ExpiryBounds(
                lifespan < 0 ? ALWAYS : now - TimeUnit.MILLISECONDS.toSeconds(lifespan),
                now - TimeUnit.MILLISECONDS.toSeconds(idle));
    }

    /** Whether sessions of this branch can be live at all: remembered ones are over when the realm stops remembering. */
    static boolean possible(RealmModel realm, Branch branch) {
        return branch.rememberMe() != RememberMe.YES || realm.isRememberMe();
    }

    /** Seconds, by the clock that Keycloak judges sessions with. */
    static long now() {
        return TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis());
    }
}
