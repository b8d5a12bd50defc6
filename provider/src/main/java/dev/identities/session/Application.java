package dev.identities.session;

import java.net.URI;
import java.util.Optional;

/**
 * An application (Keycloak's client).
 *
 * @param clientId the client id in the realm
 * @param name display name; the client id when it has none
 * @param url resolved root or base URL; empty when there is none or it is no legal absolute URI
 */
public record Application(String clientId, String name, Optional<URI> url) {}
