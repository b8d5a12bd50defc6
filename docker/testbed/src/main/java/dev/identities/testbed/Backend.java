package dev.identities.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.KeycloakServer.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server side of an application: talks to Keycloak by itself, with another User-Agent than any browser, and asks
 * what its tokens are still worth.
 */
public final class Backend {

    /** Distinct from every browser, so that a test sees whose User-Agent was captured. */
    public static final String USER_AGENT = "acme-backend/1.0";

    private final HttpClient http = Wire.client();
    private final App app;

    /** The server side of this application. */
    public Backend(App app) {
        this.app = app;
    }

    /**
     * What tokens are worth at one moment.
     *
     * @param refreshStatus status of a refresh; 0 when there is no refresh token
     * @param refreshError OAuth error of the refresh; empty when it succeeded
     * @param active what introspection of the access token says
     * @param userinfoStatus status of userinfo with the access token
     */
    public record Access(int refreshStatus, String refreshError, boolean active, int userinfoStatus) {

        /** Everything still works. */
        public boolean alive() {
            return refreshStatus == 200 && active && userinfoStatus == 200;
        }

        /** Everything is refused, and in the way in which a session that is over is refused. */
        public boolean lost() {
            return refreshStatus == 400 && refreshError.equals("invalid_grant") && !active && userinfoStatus == 401;
        }
    }

    /** Turns an authorization code into tokens. */
    public Tokens exchange(String code) {
        return tokens(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", app.redirectUri()));
    }

    /** Signs a user in without a browser (resource owner password grant). */
    public Tokens directGrant(Credentials person, String... scopes) {
        return tokens(Map.of(
                "grant_type", "password",
                "username", person.username(),
                "password", person.password(),
                "scope", Browser.scope(scopes)));
    }

    /** The application on its own behalf (service account). */
    public Tokens clientCredentials() {
        return tokens(Map.of("grant_type", "client_credentials"));
    }

    /** A refresh that must succeed: the session's last activity becomes now. */
    public Tokens refreshed(Tokens tokens) {
        return tokens(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    /** A refresh, with success or not. */
    public HttpResponse<String> refresh(Tokens tokens) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    /** How a refresh is refused, for example {@code 400 invalid_grant}; empty when it is not. */
    public String refusal(Tokens tokens) {
        try {
            refreshed(tokens);
            return "";
        } catch (UnexpectedStatus refused) {
            return refused.inShort();
        }
    }

    /** Whether introspection says that the access token is active. The client must be in its audience. */
    public boolean introspect(Tokens tokens) {
        HttpResponse<String> answer = post(
                app.endpoint("token/introspect"),
                Map.of("token", tokens.accessToken(), "token_type_hint", "access_token"));
        if (answer.statusCode() != 200) {
            throw new UnexpectedStatus(answer);
        }
        JsonNode active = Wire.parse(answer.body()).path("active");
        if (!active.isBoolean()) {
            throw new UnexpectedStatus(answer);
        }
        return active.asBoolean();
    }

    /** Status of userinfo: 200 while the session lives (the token needs scope {@code openid}). */
    public int userinfo(Tokens tokens) {
        HttpRequest request = HttpRequest.newBuilder(app.endpoint("userinfo"))
                .timeout(Wire.TIMEOUT)
                .header("User-Agent", USER_AGENT)
                .header("Authorization", "Bearer " + tokens.accessToken())
                .build();
        return Wire.send(http, request).statusCode();
    }

    /** All of it at once. A refresh that succeeds moves the session's last activity. */
    public Access access(Tokens tokens) {
        int status = 0;
        String error = "";
        if (!tokens.refreshToken().isEmpty()) {
            HttpResponse<String> refresh = refresh(tokens);
            status = refresh.statusCode();
            error = status == 200
                    ? ""
                    : Wire.parse(refresh.body()).path("error").asText();
        }
        return new Access(status, error, introspect(tokens), userinfo(tokens));
    }

    /** Ends the session as an application does it by itself, with its refresh token. */
    public void logout(Tokens tokens) {
        HttpResponse<String> answer = post(app.endpoint("logout"), Map.of("refresh_token", tokens.refreshToken()));
        if (answer.statusCode() != 204) {
            throw new UnexpectedStatus(answer);
        }
    }

    private Tokens tokens(Map<String, String> grant) {
        HttpResponse<String> answer = token(grant);
        if (answer.statusCode() != 200) {
            throw new UnexpectedStatus(answer);
        }
        JsonNode body = Wire.parse(answer.body());
        return Tokens.of(body);
    }

    private HttpResponse<String> token(Map<String, String> grant) {
        return post(app.endpoint("token"), grant);
    }

    private HttpResponse<String> post(URI endpoint, Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("client_id", app.clientId());
        if (!app.secret().isEmpty()) {
            form.put("client_secret", app.secret());
        }
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(Wire.TIMEOUT)
                .header("User-Agent", USER_AGENT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Wire.form(form)))
                .build();
        return Wire.send(http, request);
    }
}
