package dev.identities.api;

import java.lang.reflect.Method;
import org.jboss.logging.Logger;

/**
 * The connection of the request that the current thread answers. A write to a connection that the client has closed
 * succeeds on Keycloak's server as long as its buffer is not full, and JAX-RS has no other way to ask. So this asks
 * Quarkus REST, by reflection, because its jar is no interface of Keycloak's.
 */
public final class ClientConnection {

    private static final String REQUESTS = "org.jboss.resteasy.reactive.server.core.CurrentRequestManager";
    private static final String REQUEST = "org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext";
    private static final String RESPONSE = "org.jboss.resteasy.reactive.server.spi.ServerHttpResponse";

    private static final Logger LOG = Logger.getLogger(ClientConnection.class);

    private ClientConnection() {}

    /** Whether the client has closed it; false where that cannot be found out. */
    public static boolean isClosed() {
        try {
            Object request = Class.forName(REQUESTS).getMethod("get").invoke(null);
            if (request == null) {
                return false;
            }
            Object response = Class.forName(REQUEST).getMethod("serverResponse").invoke(request);
            Method closed = Class.forName(RESPONSE).getMethod("closed");
            return (boolean) closed.invoke(response);
        } catch (ReflectiveOperationException | LinkageError anotherServer) {
            LOG.debug("Whether a client is still there cannot be found out", anotherServer);
            return false;
        }
    }
}
