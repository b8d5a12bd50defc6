package dev.identities.keycloak.feed;

import dev.identities.access.AdminCaller;
import dev.identities.feed.FeedHub;
import dev.identities.feed.Feeds;
import dev.identities.feed.Watcher;
import dev.identities.keycloak.access.KeycloakAdminCaller;
import dev.identities.listing.Directory;
import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The feeds of the realm of the current request. */
public record KeycloakFeeds(KeycloakSession session, RealmModel realm, Directory directory, FeedHub hub)
        implements Feeds {

    @Override
    public String realmId() {
        return realm.getId();
    }

    @Override
    public Watcher watcher(AdminCaller caller) {
        URI base = session.getContext().getHttpRequest().getUri().getBaseUri();
        // The API has no callers of another type.
        return ((KeycloakAdminCaller) caller).lasting(directory.realmUrl(), base);
    }
}
