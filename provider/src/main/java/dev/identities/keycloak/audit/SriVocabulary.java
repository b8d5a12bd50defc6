package dev.identities.keycloak.audit;

import dev.identities.ending.Cause;
import dev.identities.ending.Outcome;
import dev.identities.keycloak.users.Sha256;
import dev.identities.settings.RealmSettings;
import dev.identities.text.LogText;
import java.util.HexFormat;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** LOGOUT events, and lines of log under the names of {@link SriLog}. */
final class SriVocabulary implements Vocabulary {

    private final SriLog log;
    private final RealmSettings settings;

    SriVocabulary(SriLog log, RealmSettings settings) {
        this.log = log;
        this.settings = settings;
    }

    @Override
    public String line(Cause cause, Outcome outcome) {
        return log.line(
                SriLog.SRI_REVOKED,
                outcome.status() == Outcome.Status.REVOKED,
                cause.actor(),
                outcome.session(),
                "uniqueuserkey=\"" + shown(cause).orElse("-") + "\"");
    }

    @Override
    public void write(KeycloakSession own, Cause cause, Outcome outcome) {
        EventBuilder event = new EventBuilder(own.getContext().getRealm(), own)
                .event(EventType.LOGOUT)
                .ipAddress(log.address())
                .client(cause.actor().id())
                .user(outcome.session().userId().value())
                .session(outcome.session().sid())
                .detail("reason", SriLog.SRI_REVOKED)
                .detail("kind", Vocabulary.name(outcome.session().kind()));
        shown(cause).ifPresent(key -> event.detail("user_key", key));
        if (!outcome.deliveries().isEmpty()) {
            event.detail("applications", Vocabulary.deliveries(outcome.deliveries()));
        }
        if (outcome.status() == Outcome.Status.REVOKED) {
            event.success();
        } else {
            event.error("revocation_failed");
        }
    }

    /** A realm that hashes keys gets the caller's hash as it is. It is not hashed a second time. */
    private Optional<String> shown(Cause cause) {
        return cause.userKey().flatMap(key -> switch (settings.auditUserKey()) {
            case CLEAR -> Optional.of(LogText.clean(key));
            case NONE -> Optional.empty();
            case HASH ->
                Optional.of(
                        settings.userKey().hash().isPresent()
                                ? LogText.clean(key)
                                : HexFormat.of().formatHex(Sha256.of(key)));
        });
    }
}
