package dev.identities.keycloak.caep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.Outcome;
import dev.identities.ending.Outcome.Status;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.SessionsEnded;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaepListenerTest {

    private static final long NOW = 1_768_611_723;

    private static Outcome outcome(String sid, SessionKind kind, Status status) {
        return new Outcome(new SessionRef(sid, kind, new UserId("jane")), status, List.of());
    }

    private static List<SessionRevoked> events(Channel channel, String reason, Outcome... outcomes) {
        return CaepListener.events(
                new SessionsEnded(
                        new Cause(() -> "somebody", channel, Optional.empty(), reason),
                        new RevocationReport(List.of(outcomes))),
                NOW);
    }

    @Test
    @DisplayName("there is one event for each session id that the call has ended, twins being one")
    void events() {
        assertThat(events(
                        Channel.APP,
                        "stolen",
                        outcome("a", SessionKind.ONLINE, Status.REVOKED),
                        outcome("a", SessionKind.OFFLINE, Status.REVOKED),
                        outcome("b", SessionKind.ONLINE, Status.ALREADY_GONE),
                        outcome("c", SessionKind.ONLINE, Status.FAILED),
                        outcome("d", SessionKind.OFFLINE, Status.REVOKED)))
                .containsExactly(
                        new SessionRevoked("jane", "a", InitiatingEntity.ADMIN, "stolen", NOW),
                        new SessionRevoked("jane", "d", InitiatingEntity.ADMIN, "stolen", NOW));
        assertThat(events(Channel.PF_WS, "")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("the callers of both APIs act for administrators")
    @EnumSource(
            value = Channel.class,
            names = {"APP", "PF_WS"})
    void initiators(Channel channel) {
        assertThat(events(channel, "", outcome("a", SessionKind.ONLINE, Status.REVOKED)))
                .extracting(SessionRevoked::by)
                .containsExactly(InitiatingEntity.ADMIN);
    }

    @Test
    @DisplayName("the caller's words carry no control characters to receivers")
    void reason() {
        assertThat(events(Channel.APP, "a\nb\u0007", outcome("a", SessionKind.ONLINE, Status.REVOKED))
                        .get(0)
                        .reason())
                .doesNotContain("\n", "\u0007");
    }
}
