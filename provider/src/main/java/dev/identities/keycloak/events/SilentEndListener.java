package dev.identities.keycloak.events;

import dev.identities.keycloak.AfterCommit;
import dev.identities.keycloak.DeletedSession;
import dev.identities.keycloak.audit.EndingAudit;
import dev.identities.keycloak.caep.Caep;
import dev.identities.keycloak.caep.InitiatingEntity;
import dev.identities.keycloak.caep.SessionRevoked;
import dev.identities.keycloak.ending.LiveRows;
import dev.identities.session.SessionRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Has receivers of shared signals told of the sessions that Keycloak ends by request without telling them: an
 * administrator's DELETE of a session, "sign out all active sessions" of a realm, and a session that a person signs out
 * in the account console.
 */
public final class SilentEndListener implements EventListenerProvider {

    private static final String LOGOUT_ALL_PATH = "logout-all";

    /** The sessions of this request that receivers are told of: Keycloak writes an event each for twins. */
    private static final String TOLD = "identities.caep.told";

    private static final Logger LOG = Logger.getLogger(SilentEndListener.class);

    private final KeycloakSession session;
    private final Supplier<Caep> caep;

    /**
     * A listener of one request.
     *
     * @param caep asked for with an event, because Keycloak makes listeners also where none comes
     */
    public SilentEndListener(KeycloakSession session, Supplier<Caep> caep) {
        this.session = session;
        this.caep = caep;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.LOGOUT
                && event.getSessionId() != null
                && event.getUserId() != null
                && isOn()
                && !Caep.tellsItself(session, event)) {
            tellAfterCommit(List.of(revoked(event.getUserId(), event.getSessionId(), InitiatingEntity.USER)));
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        String path = event.getResourcePath();
        if (path == null || !isOn()) {
            return;
        }
        Optional<String> deleted = DeletedSession.sid(event);
        if (deleted.isPresent() && !EndingAudit.isOurs(event)) {
            tell(own -> LiveRows.of(own, deleted.get()));
        } else if (event.getOperationType() == OperationType.ACTION && path.equals(LOGOUT_ALL_PATH)) {
            tell(own -> LiveRows.online(own, Caep.MAX_AT_ONCE));
        }
    }

    private boolean isOn() {
        RealmModel realm = session.getContext().getRealm();
        return realm != null && caep.get().isOn(realm);
    }

    /**
     * The event does not name the users, so the rows are read. Another transaction still sees them, because that of the
     * request is not committed.
     */
    private void tell(Function<KeycloakSession, List<SessionRef>> rows) {
        String realmId = session.getContext().getRealm().getId();
        try {
            List<SessionRef> ending =
                    KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
                        own.getContext().setRealm(own.realms().getRealm(realmId));
                        return rows.apply(own);
                    });
            Map<String, SessionRevoked> events = new LinkedHashMap<>();
            ending.forEach(ref ->
                    events.putIfAbsent(ref.sid(), revoked(ref.userId().value(), ref.sid(), InitiatingEntity.ADMIN)));
            tellAfterCommit(List.copyOf(events.values()));
        } catch (RuntimeException e) {
            LOG.warn("Receivers are not told of the end of a session, because its row cannot be read", e);
        }
    }

    private static SessionRevoked revoked(String userId, String sid, InitiatingEntity by) {
        return new SessionRevoked(userId, sid, by, "", TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis()));
    }

    private void tellAfterCommit(List<SessionRevoked> events) {
        Set<String> told = told();
        List<SessionRevoked> left =
                events.stream().filter(event -> told.add(event.sid())).toList();
        if (left.isEmpty()) {
            return;
        }
        AfterCommit.run(session, caep.get().prepare(session, left));
    }

    @SuppressWarnings("unchecked")
    private Set<String> told() {
        Set<String> told = (Set<String>) session.getAttribute(TOLD);
        if (told == null) {
            told = new HashSet<>();
            session.setAttribute(TOLD, told);
        }
        return told;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
