package dev.identities.boot;

import dev.identities.keycloak.feed.FeedListener;
import dev.identities.session.Device;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;

/** Registers {@link FeedListener}. */
public final class FeedListenerFactory extends GlobalListenerFactory {

    public FeedListenerFactory() {
        super("identities-feed", FeedListenerFactory::listener);
    }

    private static FeedListener listener(KeycloakSession session) {
        // Asked for with a session, when the server's parts are there.
        Function<String, Device> devices =
                header -> session.getProvider(ServerServices.class).userAgents().parse(header);
        return new FeedListener(
                session,
                () -> Optional.ofNullable(session.getProvider(ServerServices.class))
                        .map(ServerServices::feeds),
                devices,
                (own, realm) -> RequestServices.catalogOf(own, realm, devices));
    }

    /** Has removed accounts told of too, because not every removal comes with an event of a user or an administrator. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof UserModel.UserRemovedEvent removed) {
                listener(removed.getKeycloakSession())
                        .userRemoved(removed.getRealm(), removed.getUser().getId());
            }
        });
    }
}
