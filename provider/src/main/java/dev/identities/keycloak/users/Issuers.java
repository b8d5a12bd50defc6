package dev.identities.keycloak.users;

import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderModel;

/**
 * The issuers of an identity provider. Its setting may list several with commas between them, and Keycloak takes an ID
 * token of each of them.
 */
public final class Issuers {

    private Issuers() {}

    /** Each issuer once; none for a provider without the setting. */
    public static List<String> of(IdentityProviderModel provider) {
        return Stream.ofNullable(provider.getConfig().get(IdentityProviderModel.ISSUER))
                .flatMap(setting -> Stream.of(setting.split(",")))
                .map(String::trim)
                .filter(issuer -> !issuer.isEmpty())
                .distinct()
                .toList();
    }
}
