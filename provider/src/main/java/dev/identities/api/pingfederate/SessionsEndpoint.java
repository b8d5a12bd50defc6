package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.Call;
import dev.identities.api.Json;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationList;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
import dev.identities.listing.Directory;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * {@code /sessions/{sri}}: one session by its identifier. An online and an offline session of the same id are one SRI:
 * the online one is shown while it lives, and both are extended.
 *
 * <p>Only a session that Keycloak accepts now counts as valid. A suspended session can be revoked all the same.
 *
 * <p>An SRI on the revocation list counts as revoked here, also while a session with this id still lives.
 */
final class SessionsEndpoint {

    private final SessionCatalog catalog;
    private final Revocations revocations;
    private final RevocationList revocationList;
    private final SessionChanges changes;
    private final Directory directory;
    private final PingRenderer renderer;
    private final SriAudit audit;

    SessionsEndpoint(PingFederateApi.Realm realm, PingRenderer renderer, SriAudit audit) {
        this.catalog = realm.catalog();
        this.revocations = realm.revocations();
        this.revocationList = realm.revocationList();
        this.changes = realm.changes();
        this.directory = realm.directory();
        this.renderer = renderer;
        this.audit = audit;
    }

    Response.ResponseBuilder state(Call<OAuthClientCaller> call) throws PingError.Raised {
        return state(sri(call));
    }

    private Response.ResponseBuilder state(String sri) {
        if (revocationList.contains(sri)) {
            return Json.response(200, renderer.revoked(sri));
        }
        return Json.response(
                200,
                sessions(sri, catalog::find).stream()
                        .filter(session -> directory.suspension(session).isEmpty())
                        .findFirst()
                        .map(renderer::session)
                        .orElseGet(() -> renderer.noSession(sri)));
    }

    Response.ResponseBuilder extend(Call<OAuthClientCaller> call) throws PingError.Raised {
        String sri = sri(call);
        if (Sri.isKeycloaks(sri) && !revocationList.contains(sri)) {
            changes.extend(sri);
        }
        return state(sri);
    }

    Response.ResponseBuilder revoke(Call<OAuthClientCaller> call) throws PingError.Raised {
        String sri = sri(call);
        OAuthClientCaller client = call.caller();
        RevocationReport report =
                Sri.isKeycloaks(sri) ? revocations.session(sri, cause(client)) : RevocationReport.NOTHING;
        requireDone(report);
        // Also if there was no session to end, because clients may still hold tokens of a session that is over.
        if (revocationList.add(sri)) {
            audit.listed(client, sri);
        }
        return Json.empty(200);
    }

    Response.ResponseBuilder deleteSource(Call<OAuthClientCaller> call) throws PingError.Raised {
        for (Session session : sessions(sri(call), catalog::findAnywhere)) {
            for (AuthnSource source : AuthnSource.of(session)) {
                if (source.id(session).equals(call.variable("id"))) {
                    return deleteSource(call.caller(), session, source);
                }
            }
        }
        throw PingError.noSuchAuthnSession().raised();
    }

    private Response.ResponseBuilder deleteSource(OAuthClientCaller client, Session session, AuthnSource source)
            throws PingError.Raised {
        boolean last = AuthnSource.of(session).size() == 1;
        if (!last && !changes.forgetAuthentication(session.ref(), source.execution())) {
            throw PingError.noSuchAuthnSession().raised();
        }
        if (last || hasNoSourceLeft(session.id())) {
            RevocationReport report = revocations.session(session.ref(), cause(client));
            requireDone(report);
        } else {
            audit.sourceDeleted(client, session.ref(), source.id(session));
        }
        return Json.empty(200);
    }

    /** A session was named, not a user. */
    static Cause cause(OAuthClientCaller client) {
        return new Cause(client, Channel.PF_WS, Optional.empty(), "");
    }

    private static String sri(Call<OAuthClientCaller> call) throws PingError.Raised {
        String sri = call.variable("sri");
        if (!Sri.isWellFormed(sri)) {
            throw PingError.malformedSri().raised();
        }
        return sri;
    }

    /** Looks at the sources anew: of two calls that remove the last two, neither may know that it removed the last. */
    private boolean hasNoSourceLeft(SessionId id) {
        return catalog.find(id.sid(), id.kind())
                .filter(session ->
                        session.broker().isEmpty() && session.authentications().isEmpty())
                .isPresent();
    }

    private static void requireDone(RevocationReport report) throws PingError.Raised {
        if (report.anyFailed()) {
            throw PingError.storeFailed(report.count(Outcome.Status.FAILED)).raised();
        }
    }

    /** The live sessions of this SRI, the online one first. */
    private static List<Session> sessions(String sri, BiFunction<String, SessionKind, Optional<Session>> find) {
        return Sri.isKeycloaks(sri)
                ? Stream.of(SessionKind.ONLINE, SessionKind.OFFLINE)
                        .flatMap(kind -> find.apply(sri, kind).stream())
                        .toList()
                : List.of();
    }
}
