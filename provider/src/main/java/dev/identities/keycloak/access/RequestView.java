package dev.identities.keycloak.access;

import dev.identities.keycloak.Overriding;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;

/**
 * The current request in the form that Keycloak's client authenticators need, with the credential where they look for
 * it.
 */
final class RequestView implements HttpRequest {

    /** Parameters of a client assertion (RFC 7523). Never a secret: a query ends up in access logs. */
    private static final Set<String> ASSERTION = Set.of("client_assertion", "client_assertion_type", "client_id");

    private final HttpRequest request;
    private final HttpHeaders headers;
    private final MultivaluedMap<String, String> form;

    private RequestView(HttpRequest request, HttpHeaders headers, MultivaluedMap<String, String> form) {
        this.request = request;
        this.headers = headers;
        this.form = form;
    }

    /** A GET has no form, and a revocation has no body: an assertion may stand in the query. */
    static HttpRequest withAssertionFromQuery(HttpRequest request) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        request.getUri().getQueryParameters().forEach((name, values) -> {
            if (ASSERTION.contains(name)) {
                form.addAll(name, values);
            }
        });
        return new RequestView(request, asForm(request.getHttpHeaders()), form);
    }

    /** The same request with another {@code Authorization} header and no form. */
    static HttpRequest withAuthorization(HttpRequest request, String authorization) {
        MultivaluedMap<String, String> map = new MultivaluedHashMap<>();
        map.putAll(request.getHttpHeaders().getRequestHeaders());
        map.keySet().removeIf(HttpHeaders.AUTHORIZATION::equalsIgnoreCase);
        map.putSingle(HttpHeaders.AUTHORIZATION, authorization);
        HttpHeaders headers = Overriding.of(
                HttpHeaders.class, request.getHttpHeaders(), (proxy, method, args) -> switch (method.getName()) {
                    case "getRequestHeaders" -> map;
                    case "getRequestHeader" -> map.get(args[0]);
                    case "getHeaderString" -> map.getFirst((String) args[0]);
                    default -> null;
                });
        return new RequestView(request, headers, new MultivaluedHashMap<>());
    }

    private static HttpHeaders asForm(HttpHeaders headers) {
        return Overriding.of(
                HttpHeaders.class,
                headers,
                (proxy, method, args) ->
                        method.getName().equals("getMediaType") ? MediaType.APPLICATION_FORM_URLENCODED_TYPE : null);
    }

    @Override
    public String getHttpMethod() {
        return request.getHttpMethod();
    }

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        return form;
    }

    @Override
    public MultivaluedMap<String, FormPartValue> getMultiPartFormParameters() {
        return new MultivaluedHashMap<>();
    }

    @Override
    public HttpHeaders getHttpHeaders() {
        return headers;
    }

    @Override
    public X509Certificate[] getClientCertificateChain() {
        return request.getClientCertificateChain();
    }

    @Override
    public UriInfo getUri() {
        return request.getUri();
    }

    @Override
    public boolean isProxyTrusted() {
        return request.isProxyTrusted();
    }
}
