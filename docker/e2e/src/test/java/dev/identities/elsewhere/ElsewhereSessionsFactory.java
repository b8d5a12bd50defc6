package dev.identities.elsewhere;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.UserSessionProviderFactory;
import org.keycloak.models.sessions.infinispan.InfinispanUserSessionProvider;
import org.keycloak.models.sessions.infinispan.SessionFunction;
import org.keycloak.models.sessions.infinispan.changes.CacheHolder;
import org.keycloak.models.sessions.infinispan.changes.InfinispanChangesUtils;
import org.keycloak.models.sessions.infinispan.changes.UserSessionInfinispanChangelogBasedTransaction;
import org.keycloak.models.sessions.infinispan.entities.SessionEntity;
import org.keycloak.models.sessions.infinispan.transaction.InfinispanTransactionProvider;
import org.keycloak.models.sessions.infinispan.util.SessionTimeouts;
import org.keycloak.provider.Provider;

/**
 * Keeps sessions in caches only, behind a class that the plugin does not know. It never ends the sessions of the user
 * {@code stuck}, but reports no failure.
 */
public final class ElsewhereSessionsFactory implements UserSessionProviderFactory<UserSessionProvider> {

    static final String STUCK = "stuck";

    private static final int BEFORE_KEYCLOAKS_OWN = 1_000;

    @Override
    public UserSessionProvider create(KeycloakSession session) {
        UserSessionProvider own = new InfinispanUserSessionProvider(
                session,
                null,
                transaction(
                        session,
                        InfinispanConnectionProvider.USER_SESSION_CACHE_NAME,
                        SessionTimeouts::getUserSessionLifespanMs,
                        SessionTimeouts::getUserSessionMaxIdleMs),
                transaction(
                        session,
                        InfinispanConnectionProvider.OFFLINE_USER_SESSION_CACHE_NAME,
                        SessionTimeouts::getOfflineSessionLifespanMs,
                        SessionTimeouts::getOfflineSessionMaxIdleMs),
                transaction(
                        session,
                        InfinispanConnectionProvider.CLIENT_SESSION_CACHE_NAME,
                        SessionTimeouts::getClientSessionLifespanMs,
                        SessionTimeouts::getClientSessionMaxIdleMs),
                transaction(
                        session,
                        InfinispanConnectionProvider.OFFLINE_CLIENT_SESSION_CACHE_NAME,
                        SessionTimeouts::getOfflineClientSessionLifespanMs,
                        SessionTimeouts::getOfflineClientSessionMaxIdleMs),
                SessionTimeouts::getOfflineSessionLifespanMs,
                SessionTimeouts::getOfflineClientSessionLifespanMs);
        return (UserSessionProvider) Proxy.newProxyInstance(
                ElsewhereSessionsFactory.class.getClassLoader(),
                new Class<?>[] {UserSessionProvider.class},
                (proxy, method, arguments) ->
                        isRemovalOfStuck(method, arguments) ? null : invoke(own, method, arguments));
    }

    private static boolean isRemovalOfStuck(Method method, Object[] arguments) {
        return method.getName().equals("removeUserSession")
                && ((UserSessionModel) arguments[1]).getUser().getUsername().equals(STUCK);
    }

    private static Object invoke(UserSessionProvider own, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(own, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <K, V extends SessionEntity> UserSessionInfinispanChangelogBasedTransaction<K, V> transaction(
            KeycloakSession session, String cache, SessionFunction<V> lifespan, SessionFunction<V> idle) {
        CacheHolder<K, V> holder = InfinispanChangesUtils.createWithCache(session, cache, lifespan, idle);
        UserSessionInfinispanChangelogBasedTransaction<K, V> transaction =
                new UserSessionInfinispanChangelogBasedTransaction<>(session, holder);
        session.getProvider(InfinispanTransactionProvider.class).registerTransaction(transaction);
        return transaction;
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory sessionFactory) {
        // Nothing to prepare.
    }

    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(InfinispanConnectionProvider.class, InfinispanTransactionProvider.class);
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    @Override
    public String getId() {
        return "elsewhere";
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS_OWN;
    }
}
