package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.keycloak.http.HttpRequest;

/** Reads the {@code Authorization} header, of which a request has one at most. */
final class AuthorizationHeader {

    private AuthorizationHeader() {}

    /** The header's value, trimmed; empty when it is absent or blank. */
    static Optional<String> of(HttpRequest request) throws AccessDeniedException {
        List<String> values = request.getHttpHeaders().getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (values == null || values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw new AccessDeniedException(Reason.REPEATED_CREDENTIALS);
        }
        return Optional.of(values.get(0).trim()).filter(value -> !value.isEmpty());
    }
}
