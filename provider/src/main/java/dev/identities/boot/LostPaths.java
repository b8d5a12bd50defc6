package dev.identities.boot;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;

/**
 * Says at start which extension lost a path of ours, because Keycloak says nothing: of two factories with one id it keeps
 * one, and the other is in no list of the running server. The files that name services still name it.
 */
final class LostPaths {

    /** Broken lines in files that name services. More than that are one line over and over. */
    private static final int MAX_BROKEN = 100;

    private static final Logger LOG = Logger.getLogger(LostPaths.class);

    /**
     * A factory that is named in a provider jar and does not run.
     *
     * @param id the one that it shares
     * @param loser its class
     */
    record Lost(String id, Class<?> loser) {}

    private LostPaths() {}

    /** Logs an error for each id of ours that two factories have: it names the factory that runs and the one that does not. */
    static void report(KeycloakSessionFactory server) {
        ClassLoader providers = LostPaths.class.getClassLoader();
        report(
                server,
                RealmResourceProvider.class,
                ServiceLoader.load(RealmResourceProviderFactory.class, providers),
                "/realms/{realm}/",
                Set.of(AppResourceProviderFactory.ID, PingResourceProviderFactory.ID));
        report(
                server,
                AdminRealmResourceProvider.class,
                ServiceLoader.load(AdminRealmResourceProviderFactory.class, providers),
                "/admin/realms/{realm}/",
                Set.of(AdminResourceProviderFactory.ID));
    }

    private static void report(
            KeycloakSessionFactory server,
            Class<? extends Provider> provider,
            ServiceLoader<? extends ProviderFactory<?>> named,
            String path,
            Set<String> ids) {
        Set<Class<?>> running = server.getProviderFactoriesStream(provider)
                .map(Object::getClass)
                .collect(Collectors.toSet());
        for (Lost lost : lost(named, running, ids)) {
            ProviderFactory<?> winner = server.getProviderFactory(provider, lost.id());
            // An administrator can switch a provider off by its id. Then no factory of that id runs, and none is lost.
            if (winner != null) {
                LOG.errorf(
                        "Two extensions serve %s%s. Keycloak keeps one provider of an id: %s answers, and %s is not"
                                + " reached. Remove one of the two",
                        path,
                        lost.id(),
                        winner.getClass().getName(),
                        lost.loser().getName());
            }
        }
    }

    /** Makes instances only of factories that do not run, to ask for their ids. */
    static List<Lost> lost(ServiceLoader<? extends ProviderFactory<?>> named, Set<Class<?>> running, Set<String> ids) {
        List<Lost> lost = new ArrayList<>();
        Iterator<? extends ServiceLoader.Provider<? extends ProviderFactory<?>>> all =
                named.stream().iterator();
        int broken = 0;
        while (broken < MAX_BROKEN) {
            try {
                if (!all.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<? extends ProviderFactory<?>> one = all.next();
                if (!running.contains(one.type())) {
                    String id = one.get().getId();
                    if (ids.contains(id)) {
                        lost.add(new Lost(id, one.type()));
                    }
                }
            } catch (ServiceConfigurationError | RuntimeException e) {
                LOG.debug("An extension names a service that cannot be made", e);
                broken++;
            }
        }
        return lost;
    }
}
