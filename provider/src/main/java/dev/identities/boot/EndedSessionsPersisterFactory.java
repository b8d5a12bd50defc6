package dev.identities.boot;

import dev.identities.session.SessionKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.session.UserSessionPersisterProvider;
import org.keycloak.models.session.UserSessionPersisterProviderFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * Wraps Keycloak's reader of session rows. It does not find a session that one of our calls has ended, as long as the
 * slot is closed. Together with the guards of the caches this closes all ways to such a session, also the way by a row
 * that a request under way has written, or that the database brings back.
 *
 * <p>All other calls go to the provider that would be in use without this one. It is a proxy of the interface, because
 * the interface has other methods in each minor version.
 */
public final class EndedSessionsPersisterFactory implements UserSessionPersisterProviderFactory {

    private static final String ID = "identities";

    /** Higher than all others; Keycloak's own has 100. A provider that an administrator chooses wins over any order. */
    private static final int ORDER = 10_000;

    private static final String LOAD = "loadUserSession";

    private String delegate;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        delegate = others(factory);
    }

    // Keycloak's method has it raw.
    @SuppressWarnings("rawtypes")
    private static String others(KeycloakSessionFactory factory) {
        return factory.getProviderFactoriesStream(UserSessionPersisterProvider.class)
                .filter(other -> !other.getId().equals(ID))
                .max(Comparator.comparingInt(ProviderFactory::order))
                .map(ProviderFactory::getId)
                .orElseThrow(() -> new IllegalStateException("Keycloak has nothing that reads sessions"));
    }

    @Override
    public UserSessionPersisterProvider create(KeycloakSession session) {
        // Keycloak's own parts ask for this provider while they start, before this factory has started.
        String id = delegate == null ? others(session.getKeycloakSessionFactory()) : delegate;
        UserSessionPersisterProvider rows = session.getProvider(UserSessionPersisterProvider.class, id);
        return (UserSessionPersisterProvider) Proxy.newProxyInstance(
                EndedSessionsPersisterFactory.class.getClassLoader(),
                new Class<?>[] {UserSessionPersisterProvider.class},
                (proxy, method, arguments) -> isClose(method) || isOfEnded(session, method, arguments)
                        ? null
                        : invoke(rows, method, arguments));
    }

    /** A call that is not passed on, because Keycloak closes the wrapped provider itself. */
    private static boolean isClose(Method method) {
        return method.getName().equals("close");
    }

    private static boolean isOfEnded(KeycloakSession session, Method method, Object[] arguments) {
        if (!method.getName().equals(LOAD)) {
            return false;
        }
        ServerServices server = session.getProvider(ServerServices.class);
        SessionKind kind = (boolean) arguments[2] ? SessionKind.OFFLINE : SessionKind.ONLINE;
        return server != null && server.ending().slots().isEnded((String) arguments[1], kind);
    }

    private static Object invoke(UserSessionPersisterProvider rows, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(rows, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
