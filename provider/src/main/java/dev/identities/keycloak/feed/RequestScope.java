package dev.identities.keycloak.feed;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/** The scope of a request in which Keycloak keeps its session until the answer is complete. */
public final class RequestScope {

    private RequestScope() {}

    /**
     * Ends Keycloak's session of the current request, with its transaction, and takes it out of the scope, because an
     * answer that stays open keeps the scope.
     */
    public static void drop(KeycloakSession session) {
        session.close();
        BeanManager beans = CDI.current().getBeanManager();
        Bean<?> bean = beans.resolve(beans.getBeans(KeycloakSession.class));
        if (bean != null && beans.getContext(RequestScoped.class) instanceof AlterableContext scope) {
            scope.destroy(bean);
        }
        // Keycloak 26.5 begins no transaction for the thread's next request while the thread has a session.
        KeycloakSession unused = KeycloakSessionUtil.setKeycloakSession(null);
    }
}
