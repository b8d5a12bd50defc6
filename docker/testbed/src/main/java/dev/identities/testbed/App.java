package dev.identities.testbed;

import java.net.URI;

/**
 * An application: a client of a realm.
 *
 * @param server base URL of the Keycloak that it uses
 * @param realm name of the realm
 * @param clientId the client's name in the protocol
 * @param secret empty for a public client
 * @param redirectUri where browsers come back to; nobody needs to listen there
 */
public record App(URI server, String realm, String clientId, String secret, String redirectUri) {

    /** The same application at another address of the same server (https). */
    public App at(URI otherServer) {
        return new App(otherServer, realm, clientId, secret, redirectUri);
    }

    /** URL below the realm's OpenID Connect endpoints: {@code token}, {@code auth}, {@code userinfo}. */
    public URI endpoint(String name) {
        return URI.create(server + "/realms/" + Wire.encode(realm) + "/protocol/openid-connect/" + name);
    }

    /** {@code base64(client_id:client_secret)}: what the plugin takes as an API key. */
    public String apiKey() {
        return java.util.Base64.getEncoder()
                .encodeToString((clientId + ":" + secret).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return realm + "/" + clientId;
    }
}
