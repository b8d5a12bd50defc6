package dev.identities.keycloak.caep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.ssf.event.caep.CaepSessionRevoked;
import org.keycloak.ssf.subject.ComplexSubjectId;
import org.keycloak.ssf.subject.IssuerSubjectId;
import org.keycloak.ssf.subject.OpaqueSubjectId;
import org.keycloak.ssf.transmitter.SsfTransmitter;
import org.keycloak.ssf.transmitter.SsfTransmitterProvider;
import org.keycloak.ssf.transmitter.emit.EmitEventResult;
import org.keycloak.ssf.transmitter.emit.EmitEventStatus;
import org.keycloak.ssf.transmitter.stream.StreamConfig;
import org.keycloak.ssf.transmitter.support.SsfUtil;

/** Keycloak's transmitter. No other class names its types, because a server may come without them. */
final class SharedSignals {

    private static final Logger LOG = Logger.getLogger(SharedSignals.class);

    private SharedSignals() {}

    /**
     * Hands the events to the transmitter, which keeps them in its outbox for each receiver by the transaction of this
     * Keycloak session. It leaves out what a receiver did not ask for.
     *
     * @param own its realm and its request are set
     */
    static void emit(KeycloakSession own, List<SessionRevoked> events) {
        RealmModel realm = own.getContext().getRealm();
        SsfTransmitterProvider transmitter = SsfTransmitter.of(own);
        List<StreamConfig> streams = transmitter.streamService().findStreamsForSsfReceiverClients();
        for (StreamConfig stream : streams) {
            ClientModel receiver = realm.getClientByClientId(stream.getClientClientId());
            for (SessionRevoked event : events) {
                EmitEventResult result = transmitter
                        .eventEmitterService()
                        .emit(receiver, CaepSessionRevoked.TYPE, subject(own, event), members(event));
                if (result.status() != EmitEventStatus.DISPATCHED) {
                    LOG.debugf("%s is not told of the end of a session: %s", receiver.getClientId(), result.status());
                }
            }
        }
    }

    /** The forms that Keycloak's own events have, so that a receiver finds the same session by both. */
    private static ComplexSubjectId subject(KeycloakSession own, SessionRevoked event) {
        IssuerSubjectId user = new IssuerSubjectId();
        user.setIss(SsfUtil.getIssuerUrl(own));
        user.setSub(event.userId());
        OpaqueSubjectId session = new OpaqueSubjectId();
        session.setId(event.sid());
        ComplexSubjectId subject = new ComplexSubjectId();
        subject.setUser(user);
        subject.setSession(session);
        return subject;
    }

    private static Map<String, Object> members(SessionRevoked event) {
        Map<String, Object> members = new HashMap<>();
        members.put("event_timestamp", event.second());
        members.put("initiating_entity", event.by().word());
        if (!event.reason().isEmpty()) {
            // The language of a caller's words is unknown. Keycloak gives its own reasons by this tag.
            members.put("reason_admin", Map.of("en", event.reason()));
        }
        return members;
    }

    /**
     * Whether Keycloak itself tells receivers of the end that this event is of. In 26.7 its check breaks on an event
     * without details, which is that of the account console, and then it tells nobody.
     */
    static boolean tellsItself(KeycloakSession session, Event event) {
        try {
            return SsfTransmitter.of(session).securityEventTokenMapper().canConvert(event);
        } catch (NullPointerException keycloaksCheckBreaks) {
            return false;
        }
    }
}
