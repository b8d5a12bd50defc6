package dev.identities.access;

import dev.identities.settings.ClientSettings;

/**
 * An OAuth client that authenticated itself.
 *
 * @param clientId its client id
 * @param settings its settings
 */
public record OAuthClientCaller(String clientId, ClientSettings settings) implements GlobalRevocationCaller {

    @Override
    public String id() {
        return clientId;
    }
}
