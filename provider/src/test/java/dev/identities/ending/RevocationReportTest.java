package dev.identities.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RevocationReportTest {

    private static final Outcome REVOKED = outcome("a", Outcome.Status.REVOKED);
    private static final Outcome GONE = outcome("b", Outcome.Status.ALREADY_GONE);
    private static final Outcome FAILED = outcome("c", Outcome.Status.FAILED);

    @Test
    @DisplayName("a call without a session has no outcome, nothing for the audit, and no failure")
    void nothing() {
        assertThat(RevocationReport.NOTHING.outcomes()).isEmpty();
        assertThat(RevocationReport.NOTHING.auditable()).isEmpty();
        assertThat(RevocationReport.NOTHING.anyFailed()).isFalse();
        for (Outcome.Status status : Outcome.Status.values()) {
            assertThat(RevocationReport.NOTHING.count(status)).isZero();
        }
        assertThat(RevocationReport.NOTHING
                        .plus(new RevocationReport(List.of(FAILED)))
                        .outcomes())
                .containsExactly(FAILED);
    }

    @Test
    @DisplayName("ended and failed sessions are for the audit, sessions that were gone already are not")
    void auditable() {
        RevocationReport report = new RevocationReport(List.of(REVOKED, GONE, FAILED));
        assertThat(report.auditable()).containsExactly(REVOKED, FAILED);
        assertThat(report.anyFailed()).isTrue();
        assertThat(new RevocationReport(List.of(REVOKED, GONE)).anyFailed()).isFalse();
    }

    private static Outcome outcome(String sid, Outcome.Status status) {
        return new Outcome(new SessionRef(sid, SessionKind.ONLINE, new UserId("jane")), status, List.of());
    }
}
