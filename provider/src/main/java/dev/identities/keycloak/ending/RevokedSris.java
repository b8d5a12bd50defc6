package dev.identities.keycloak.ending;

import dev.identities.ending.RevocationList;
import dev.identities.keycloak.users.Sha256;
import dev.identities.settings.RevocationListSettings;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Set;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The revocation list in Keycloak's own store of revoked tokens, which is one for all realms. */
public final class RevokedSris implements RevocationList {

    /**
     * Tells our entries from those of tokens. With the digest it fills the 36 characters of Keycloak's column for the
     * id.
     */
    private static final String PREFIX = "sri.";

    private static final int DIGEST_CHARACTERS = 32;

    private static final Logger LOG = Logger.getLogger(RevokedSris.class);

    private final KeycloakSession session;
    private final String realmId;
    private final Duration lifetime;

    public RevokedSris(KeycloakSession session, RealmModel realm, RevocationListSettings settings) {
        this.session = session;
        this.realmId = realm.getId();
        this.lifetime = settings.lifetime().orElseGet(() -> longest(realm));
    }

    /**
     * The longest lifetime of sessions and of tokens, which is the default lifetime of an entry. Offline sessions count
     * only if they have a maximum, because an entry must end.
     */
    private static Duration longest(RealmModel realm) {
        int offline = realm.isOfflineSessionMaxLifespanEnabled() ? realm.getOfflineSessionMaxLifespan() : 0;
        return Duration.ofSeconds(IntStream.of(
                        1,
                        realm.getSsoSessionMaxLifespan(),
                        realm.getSsoSessionMaxLifespanRememberMe(),
                        realm.getAccessTokenLifespan(),
                        offline)
                .max()
                .getAsInt());
    }

    @Override
    public boolean contains(String sri) {
        return RevokedTokens.contains(session, key(sri));
    }

    @Override
    public boolean add(String sri) {
        boolean added = !contains(sri);
        put(Set.of(sri));
        return added;
    }

    /**
     * Lists sessions in the transaction that ends them, so that either both are committed or neither is.
     *
     * @param own the Keycloak session of that transaction
     */
    void addEnded(KeycloakSession own, Collection<String> sris) {
        Set.copyOf(sris).forEach(sri -> put(own, sri));
    }

    /** For sessions that Keycloak has ended. A failure is only logged, because they have ended in any case. */
    public void addSignedOut(String sri) {
        try {
            put(Set.of(sri));
        } catch (RuntimeException e) {
            LOG.errorf(e, "A session that signed out could not be put on the revocation list: %s", sri);
        }
    }

    /** Two calls that list the same SRI at once insert the same row; the later one finds it at its second try. */
    private void put(Set<String> sris) {
        try {
            putOnce(sris);
        } catch (RuntimeException first) {
            LOG.debug("The revocation list is tried once more", first);
            putOnce(sris);
        }
    }

    private void putOnce(Set<String> sris) {
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(), own -> sris.forEach(sri -> put(own, sri)));
    }

    private void put(KeycloakSession own, String sri) {
        RevokedTokens.put(own, key(sri), lifetime.toSeconds());
    }

    private String key(String sri) {
        return key(realmId, sri);
    }

    static String key(String realmId, String sri) {
        byte[] digest = Sha256.of(realmId + '\n' + sri);
        return PREFIX + Base64.getUrlEncoder().encodeToString(digest).substring(0, DIGEST_CHARACTERS);
    }
}
