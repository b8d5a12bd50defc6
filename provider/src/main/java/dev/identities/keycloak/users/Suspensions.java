package dev.identities.keycloak.users;

import dev.identities.session.Suspension;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;

/** Asks the questions that Keycloak asks of the account and of not-before, each time a session is used. */
public final class Suspensions {

    private Suspensions() {}

    /**
     * Why Keycloak refuses a session of this user.
     *
     * @param user null when the account is unknown
     * @param lastRefresh in seconds. No token of the session is younger, because Keycloak sets it with each refresh
     */
    public static Optional<Suspension> of(KeycloakSession session, RealmModel realm, UserModel user, long lastRefresh) {
        if (user == null) {
            return Optional.of(Suspension.ACCOUNT_UNKNOWN);
        }
        if (!user.isEnabled()) {
            return Optional.of(Suspension.ACCOUNT_DISABLED);
        }
        return lastRefresh < notBefore(session, realm, user) ? Optional.of(Suspension.NOT_BEFORE) : Optional.empty();
    }

    /** In seconds; the later of the realm's and the account's. */
    private static int notBefore(KeycloakSession session, RealmModel realm, UserModel user) {
        // Keycloak keeps none for people without a stored account.
        int ofUser = LightweightUserAdapter.isLightweightUser(user)
                ? 0
                : session.users().getNotBeforeOfUser(realm, user);
        return Math.max(realm.getNotBefore(), ofUser);
    }
}
