package dev.identities.keycloak.ending;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.keycloak.common.ClientConnection;
import org.keycloak.http.HttpRequest;

/**
 * Stands in for a request in work that goes on after the request. It has the server's address and nothing else: no
 * header, cookie or credential of the request that started the work.
 */
public final class DetachedRequest {

    private DetachedRequest() {}

    /** A request whose every address is this one. */
    public static HttpRequest to(URI base) {
        return empty(HttpRequest.class, base);
    }

    /** A connection from nowhere, for whoever asks where a request came from. */
    public static ClientConnection connection() {
        return new Nowhere();
    }

    private record Nowhere() implements ClientConnection {

        @Override
        public String getRemoteAddr() {
            return "";
        }

        @Override
        public String getRemoteHost() {
            return "";
        }

        @Override
        public int getRemotePort() {
            return 0;
        }

        @Override
        public String getLocalAddr() {
            return "";
        }

        @Override
        public int getLocalPort() {
            return 0;
        }
    }

    /** A proxy and not a class, because the interfaces are wide and nearly all of their methods answer nothing. */
    private static <T> T empty(Class<T> type, URI base) {
        return type.cast(Proxy.newProxyInstance(
                DetachedRequest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer(method, args, base)));
    }

    private static Object answer(Method method, Object[] args, URI base) {
        return switch (method.getName()) {
            case "getHttpMethod" -> "POST";
            case "getHttpHeaders" -> empty(HttpHeaders.class, base);
            case "getUri" -> empty(UriInfo.class, base);
            case "getPath" -> "";
            case "resolve" -> base.resolve((URI) args[0]);
            case "relativize" -> base.relativize((URI) args[0]);
            case "isProxyTrusted" -> true;
            case "getLength" -> -1;
            default -> nothing(method.getReturnType(), base);
        };
    }

    private static Object nothing(Class<?> type, URI base) {
        if (type == URI.class) {
            return base;
        }
        if (type == UriBuilder.class) {
            return UriBuilder.fromUri(base);
        }
        if (type == MultivaluedMap.class) {
            return new MultivaluedHashMap<>();
        }
        if (type == List.class) {
            return List.of();
        }
        return type == Map.class ? Map.of() : null;
    }
}
