package dev.identities.settings;

import java.util.function.UnaryOperator;

/**
 * The settings of one identity provider, from its {@code config}.
 *
 * @param globalTokenRevocation {@code identities.global-token-revocation}: whether the provider may end the sessions of
 *     people who are linked to it; false unless set to {@code true}
 */
public record IdentityProviderSettings(boolean globalTokenRevocation) {

    /** The name of the switch. */
    public static final String GLOBAL_TOKEN_REVOCATION = "identities.global-token-revocation";

    /** Reads the provider's config; the argument gives null for an entry that is not set. */
    public static IdentityProviderSettings of(UnaryOperator<String> config) {
        return new IdentityProviderSettings(RealmSettings.is("true", config.apply(GLOBAL_TOKEN_REVOCATION)));
    }
}
