package dev.identities.keycloak.audit;

import dev.identities.ending.BulkEnded;
import dev.identities.ending.Channel;
import dev.identities.ending.EndingListener;
import dev.identities.ending.Outcome;
import dev.identities.ending.SessionsEnded;
import dev.identities.keycloak.caep.Caep;
import dev.identities.settings.RealmSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Records ended sessions and their actors: one event of Keycloak per session, and one line of log, because a realm may
 * keep no events. A bulk call has one of each besides, which sums it up. The events have a transaction of their own, so
 * that the record stays also when the answer is an error.
 */
public final class EndingAudit implements EndingListener {

    static final Logger LOG = Logger.getLogger("dev.identities.audit");

    /** The reasons in our own events of sign-outs. */
    private static final Set<String> REASONS = Set.of(SriLog.SRI_REVOKED, GlobalRevocationLog.NAME);

    private final KeycloakSession session;
    private final String realmId;
    private final AdminVocabulary administrators;
    private final Map<Channel, Vocabulary> vocabularies;

    /** The audit of one request. */
    public EndingAudit(KeycloakSession session, RealmModel realm, RealmSettings settings) {
        this.session = session;
        this.realmId = realm.getId();
        this.administrators = new AdminVocabulary(session, realm);
        this.vocabularies = Map.of(
                Channel.APP, administrators,
                Channel.PF_WS, new SriVocabulary(new SriLog(session, realm), settings),
                Channel.GLOBAL_REVOCATION,
                        new GlobalRevocationVocabulary(
                                new GlobalRevocationLog(session, realm, settings.auditUserKey())));
    }

    @Override
    public void ended(SessionsEnded event) {
        List<Outcome> done = event.report().auditable();
        if (done.isEmpty()) {
            return;
        }
        Vocabulary vocabulary = vocabularies.get(event.cause().channel());
        done.forEach(outcome -> LOG.info(vocabulary.line(event.cause(), outcome)));
        write(own -> done.forEach(outcome -> vocabulary.write(own, event.cause(), outcome)));
    }

    /** Only administrators have bulk calls. */
    @Override
    public void bulkEnded(BulkEnded event) {
        LOG.info(administrators.line(event));
        write(own -> administrators.write(own, event));
    }

    private void write(Consumer<KeycloakSession> events) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                // Keycloak would tell receivers of shared signals that the user has signed out. They are told who did.
                own.getContext().setRealm(Caep.silenced(own.realms().getRealm(realmId)));
                events.accept(own);
            });
        } catch (RuntimeException e) {
            // The sessions are gone: an answer that says otherwise would be wrong, and the log has the record.
            LOG.error("The events of a revocation could not be written", e);
        }
    }

    /** Whether this is our own record of what became of a session, and not Keycloak's. */
    public static boolean isOurs(AdminEvent event) {
        return event.getDetails() != null && event.getDetails().containsKey(AdminVocabulary.OUTCOME);
    }

    /** Whether this is our own record of a session that a call of ours ended. */
    public static boolean isOurs(Event event) {
        return event.getDetails() != null && REASONS.contains(event.getDetails().getOrDefault(Details.REASON, ""));
    }

    /** Whether this is our own record of a session that could not be ended. */
    public static boolean isOfFailure(AdminEvent event) {
        Map<String, String> details = event.getDetails();
        return details != null && Vocabulary.name(Outcome.Status.FAILED).equals(details.get(AdminVocabulary.OUTCOME));
    }
}
