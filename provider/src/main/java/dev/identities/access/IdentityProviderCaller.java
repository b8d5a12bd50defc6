package dev.identities.access;

import dev.identities.settings.IdentityProviderSettings;

/**
 * An identity provider of the realm that proved who it is with a token signed by one of its keys.
 *
 * @param alias its alias in the realm
 * @param issuer its issuer, as it stands in the tokens that it signs
 * @param settings its settings
 */
public record IdentityProviderCaller(String alias, String issuer, IdentityProviderSettings settings)
        implements GlobalRevocationCaller {

    @Override
    public String id() {
        return alias;
    }
}
