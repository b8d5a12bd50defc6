package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.ending.Cause;
import dev.identities.ending.EndingListener;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.SessionsEnded;
import dev.identities.session.SessionRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps what it was told. */
final class FakeSriAudit implements SriAudit, EndingListener {

    /** The record of one call. */
    record Revoked(String clientId, Optional<String> userKey, RevocationReport report) {

        /** The outcomes for the audit, as {@code REVOKED sid KIND}. */
        Stream<String> auditable() {
            return report.auditable().stream().map(Revoked::text);
        }

        private static String text(Outcome outcome) {
            return outcome.status() + " " + outcome.session().sid() + " "
                    + outcome.session().kind();
        }
    }

    /** Is run with every such call: a test has it take time. */
    Runnable whenRevoked = () -> {};

    /** Every call about a revocation, also of those that ended nothing. */
    final List<Revoked> revoked = new ArrayList<>();

    /** All other records, as {@code client listed sri}, {@code client incomplete} and {@code client deleted sid KIND id}. */
    final List<String> others = new ArrayList<>();

    /** The outcomes for the audit, of all revocations so far. */
    List<String> auditable() {
        return revoked.stream().flatMap(Revoked::auditable).toList();
    }

    @Override
    public void ended(SessionsEnded event) {
        whenRevoked.run();
        Cause cause = event.cause();
        revoked.add(new Revoked(cause.actor().id(), cause.userKey(), event.report()));
    }

    @Override
    public void listed(OAuthClientCaller client, String sri) {
        others.add(client.clientId() + " listed " + sri);
    }

    @Override
    public void incomplete(OAuthClientCaller client) {
        others.add(client.clientId() + " incomplete");
    }

    @Override
    public void sourceDeleted(OAuthClientCaller client, SessionRef session, String authnSessionId) {
        others.add(client.clientId() + " deleted " + session.sid() + " " + session.kind() + " " + authnSessionId);
    }
}
