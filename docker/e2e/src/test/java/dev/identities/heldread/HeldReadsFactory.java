package dev.identities.heldread;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.session.UserSessionPersisterProvider;
import org.keycloak.models.session.UserSessionPersisterProviderFactory;

/** Puts {@link HeldReads} before Keycloak's own reading of rows; the option {@code folder} is where a test asks. */
public final class HeldReadsFactory implements UserSessionPersisterProviderFactory {

    private static final String KEYCLOAKS_OWN = "jpa";
    private static final int BEFORE_KEYCLOAKS_OWN = 1_000;

    private Path folder;

    @Override
    public UserSessionPersisterProvider create(KeycloakSession session) {
        UserSessionPersisterProvider own = session.getProvider(UserSessionPersisterProvider.class, KEYCLOAKS_OWN);
        return (UserSessionPersisterProvider) Proxy.newProxyInstance(
                HeldReadsFactory.class.getClassLoader(),
                new Class<?>[] {UserSessionPersisterProvider.class},
                new HeldReads(own, folder));
    }

    @Override
    public void init(Config.Scope config) {
        folder = Path.of(config.get("folder"));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to do.
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    @Override
    public String getId() {
        return "held-reads";
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS_OWN;
    }
}
