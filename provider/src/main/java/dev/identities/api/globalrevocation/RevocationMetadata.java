package dev.identities.api.globalrevocation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The draft's members of the realm's metadata (its section 5), by which callers find the endpoint. */
public final class RevocationMetadata {

    /**
     * {@code Bearer} is the token of an identity provider. The others are the ways in which an OAuth client
     * authenticates itself without a form, because the body is JSON.
     */
    private static final List<String> METHODS =
            List.of("Bearer", "client_secret_basic", "client_secret_jwt", "private_key_jwt");

    private RevocationMetadata() {}

    /**
     * The members.
     *
     * @param appUrl where {@code app} is mounted in the realm
     */
    public static Map<String, Object> members(String appUrl) {
        return new TreeMap<>(Map.of(
                "global_token_revocation_endpoint",
                appUrl + GlobalRevocationApi.PATH,
                "global_token_revocation_endpoint_auth_methods_supported",
                METHODS));
    }
}
