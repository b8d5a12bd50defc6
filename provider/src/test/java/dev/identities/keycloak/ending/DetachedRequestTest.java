package dev.identities.keycloak.ending;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.common.ClientConnection;
import org.keycloak.http.HttpRequest;

class DetachedRequestTest {

    @Test
    @DisplayName("it came over a connection from nowhere, which has every property that Keycloak may ask for")
    void connection() {
        ClientConnection connection = DetachedRequest.connection();

        assertThat(connection.getRemoteAddr()).isEmpty();
        assertThat(connection.getRemoteHost()).isEmpty();
        assertThat(connection.getLocalAddr()).isEmpty();
        assertThat(connection.getRemotePort()).isZero();
        assertThat(connection.getLocalPort()).isZero();
    }

    private static final URI BASE = URI.create("https://id.example/auth/");

    private final HttpRequest request = DetachedRequest.to(BASE);

    @Test
    @DisplayName("every address is the server's, and relative ones resolve against it")
    void addresses() {
        UriInfo uri = request.getUri();
        assertThat(uri.getBaseUri()).isEqualTo(BASE);
        assertThat(uri.getRequestUri()).isEqualTo(BASE);
        assertThat(uri.getBaseUriBuilder().path("realms").build()).hasToString("https://id.example/auth/realms");
        assertThat(uri.resolve(URI.create("realms"))).hasToString("https://id.example/auth/realms");
        assertThat(uri.getPath()).isEmpty();
        assertThat(uri.getQueryParameters()).isEmpty();
        assertThat(uri.getPathSegments(true)).isEmpty();
    }

    @Test
    @DisplayName("it carries no header, cookie, form or certificate")
    void nothing() {
        assertThat(request.getHttpMethod()).isEqualTo("POST");
        assertThat(request.getDecodedFormParameters()).isEmpty();
        assertThat(request.getMultiPartFormParameters()).isEmpty();
        assertThat(request.getClientCertificateChain()).isNull();
        assertThat(request.isProxyTrusted()).isTrue();
        assertThat(request.getHttpHeaders().getRequestHeaders()).isEmpty();
        assertThat(request.getHttpHeaders().getRequestHeader("Cookie")).isEmpty();
        assertThat(request.getHttpHeaders().getHeaderString("Authorization")).isNull();
        assertThat(request.getHttpHeaders().getCookies()).isEmpty();
        assertThat(request.getHttpHeaders().getAcceptableLanguages()).isEmpty();
        assertThat(request.getHttpHeaders().getLength()).isEqualTo(-1);
    }
}
