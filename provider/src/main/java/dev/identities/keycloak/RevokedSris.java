package dev.identities.keycloak;

import dev.identities.revocation.RevocationList;
import dev.identities.settings.RevocationListSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The revocation list in Keycloak's own store of revoked tokens: a table, and a cache that all nodes share. */
final class RevokedSris implements RevocationList {

    /** Tells our entries from tokens; with the digest it fills the 36 characters that Keycloak declares for an id. */
    private static final String PREFIX = "sri.";

    private static final int DIGEST_CHARACTERS = 32;

    private final KeycloakSession session;
    private final String realmId;
    private final Duration lifetime;

    RevokedSris(KeycloakSession session, RealmModel realm, RevocationListSettings settings) {
        this.session = session;
        this.realmId = realm.getId();
        this.lifetime = settings.lifetime().orElseGet(() -> longestSession(realm));
    }

    /** Of sessions that have a maximum: offline sessions usually have none, and nothing can be kept for ever. */
    private static Duration longestSession(RealmModel realm) {
        int offline = realm.isOfflineSessionMaxLifespanEnabled() ? realm.getOfflineSessionMaxLifespan() : 0;
        return Duration.ofSeconds(
                IntStream.of(1, realm.getSsoSessionMaxLifespan(), realm.getSsoSessionMaxLifespanRememberMe(), offline)
                        .max()
                        .getAsInt());
    }

    @Override
    public boolean contains(String sri) {
        return RevokedTokens.contains(session, key(sri));
    }

    @Override
    public boolean add(String sri) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), own -> add(own, sri));
    }

    /**
     * Within a transaction of the caller's. The cache has the entry at once, the table at commit: should that fail, the
     * SRI counts as revoked until the next restart, which is the safe way to be wrong.
     */
    boolean add(KeycloakSession own, String sri) {
        String key = key(sri);
        // Asked first: two transactions that insert the same row would make one of them fail as a whole.
        return !RevokedTokens.contains(own, key) && RevokedTokens.put(own, key, lifetime.toSeconds());
    }

    /** The store is one for all realms, and its ids are short. */
    private String key(String sri) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((realmId + '\n' + sri).getBytes(StandardCharsets.UTF_8));
            return PREFIX + Base64.getUrlEncoder().encodeToString(digest).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
