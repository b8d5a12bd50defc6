package dev.identities.keycloak.feed;

import dev.identities.feed.Audience;
import dev.identities.feed.Viewer;
import dev.identities.feed.Watcher;
import dev.identities.keycloak.access.LastingCaller;
import dev.identities.keycloak.ending.DetachedRequest;
import dev.identities.keycloak.users.KeycloakDirectory;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Looks up the rights of watchers in a Keycloak session for each round. */
public final class KeycloakAudience implements Audience {

    private final KeycloakSessionFactory factory;

    public KeycloakAudience(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    @Override
    public void attend(String realmId, Consumer<Function<Watcher, Optional<Viewer>>> round) {
        KeycloakModelUtils.runJobInTransaction(
                factory,
                own -> KeycloakModelUtils.runJobInTransaction(
                        factory,
                        others -> round.accept(watcher -> viewer((LastingCaller) watcher, realmId, own, others))));
    }

    /**
     * Administrators of another realm are looked up in a session of their own. A Keycloak session gives a user whom it
     * has loaded by the id alone, of whatever realm, and would name them to others.
     */
    private static Optional<Viewer> viewer(
            LastingCaller watcher, String realmId, KeycloakSession own, KeycloakSession others) {
        return viewer(watcher.isOf(realmId) ? own : others, realmId, watcher);
    }

    private static Optional<Viewer> viewer(KeycloakSession own, String realmId, LastingCaller watcher) {
        RealmModel realm = own.realms().getRealm(realmId);
        if (realm == null) {
            return Optional.empty();
        }
        own.getContext().setRealm(realm);
        // There is no request on this thread, and addresses are looked for in one.
        own.getContext().setHttpRequest(DetachedRequest.to(watcher.base()));
        // Keycloak before 26.7 makes a session from here for a moment, to find out the roles of an API key's account.
        own.getContext().setConnection(DetachedRequest.connection());
        return watcher.again(own, realm)
                .map(caller -> new Viewer(caller, new KeycloakDirectory(own, realm, watcher.realmUrl())));
    }
}
