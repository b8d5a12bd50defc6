package dev.identities.keycloak.bulk;

import dev.identities.bulk.TicketOffice;
import dev.identities.keycloak.RealmSeal;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Seals tickets with a key of the realm. Used tickets are remembered where Keycloak remembers used action tokens, which
 * all nodes share.
 */
public final class RealmTicketOffice implements TicketOffice {

    private static final String PREFIX = "tkt_";
    private static final String PURPOSE = "identities ticket";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmSeal seal;

    /** The office of a realm, for one request. */
    public RealmTicketOffice(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.seal = new RealmSeal(PREFIX, PURPOSE, RealmSeal.Keys.of(session, realm));
    }

    @Override
    public String seal(byte[] ticket) {
        return seal.seal(ticket);
    }

    @Override
    public Optional<byte[]> open(String text) {
        return seal.open(text);
    }

    @Override
    public boolean use(String id, Duration lifetime) {
        String key = "identities-ticket." + realm.getId() + "." + id;
        // Committed at once. Without caches Keycloak keeps these objects in the database: two nodes could take the same
        // ticket, and a call that fails in part would free it.
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                own -> own.singleUseObjects().putIfAbsent(key, lifetime.toSeconds()));
    }
}
