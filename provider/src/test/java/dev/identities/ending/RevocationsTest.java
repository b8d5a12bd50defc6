package dev.identities.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.CachedSessions;
import dev.identities.listing.FakeSeal;
import dev.identities.listing.FakeStreams;
import dev.identities.listing.PersistentSessions;
import dev.identities.listing.Tables;
import dev.identities.notify.Deliveries;
import dev.identities.notify.DeliveryMetrics;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationsTest {

    private static final UserId JANE = new UserId("jane");
    private static final UserId JOHN = new UserId("john");

    private final FakeStreams streams = new FakeStreams();
    private final Deliveries deliveries = new Deliveries(DeliveryMetrics.NONE);

    @BeforeEach
    void sessions() {
        add("twin", SessionKind.ONLINE, "jane");
        add("twin", SessionKind.OFFLINE, "jane");
        add("on", SessionKind.ONLINE, "jane");
        add("off", SessionKind.OFFLINE, "jane");
        add("johns", SessionKind.ONLINE, "john");
        add("johns", SessionKind.OFFLINE, "john");
    }

    @AfterEach
    void close() {
        deliveries.close();
    }

    @ParameterizedTest
    @DisplayName("one session, its twin of the same id as configured, and nothing else ends")
    @CsvSource({
        "twin, ONLINE, true, 'twin ONLINE|twin OFFLINE'",
        "twin, ONLINE, false, 'twin ONLINE'",
        "twin, OFFLINE, true, 'twin ONLINE|twin OFFLINE'",
        "twin, OFFLINE, false, 'twin ONLINE|twin OFFLINE'",
        "on, ONLINE, true, 'on ONLINE'",
        "on, ONLINE, false, 'on ONLINE'",
        "off, OFFLINE, false, 'off OFFLINE'",
        "none, ONLINE, true, ''"
    })
    void session(String sid, SessionKind kind, boolean offlineToo, String ended) {
        RevocationReport report =
                revocations(offlineToo).session(new SessionRef(sid, kind, JANE), SampleCause.SOMEBODY);
        assertThat(report.outcomes()).allMatch(outcome -> outcome.status() == Outcome.Status.REVOKED);
        assertThat(report.outcomes())
                .extracting(outcome ->
                        outcome.session().sid() + " " + outcome.session().kind())
                .containsExactlyInAnyOrder(ended.isEmpty() ? new String[0] : ended.split("\\|", -1));
        assertThat(streams.sessions()).hasSize(6 - report.outcomes().size());
    }

    @ParameterizedTest
    @DisplayName("a session of that id that belongs to another user never ends")
    @ValueSource(booleans = {true, false})
    void anotherUsers(boolean offlineToo) {
        for (SessionKind kind : SessionKind.values()) {
            assertThat(revocations(offlineToo)
                            .session(new SessionRef("johns", kind, JANE), SampleCause.SOMEBODY)
                            .outcomes())
                    .isEmpty();
        }
        assertThat(streams.sessions()).hasSize(6);
    }

    @ParameterizedTest
    @DisplayName(
            "by an id alone: the online one and its twin as configured, or the offline one where it is the only one")
    @CsvSource({
        "twin, true, 'twin ONLINE|twin OFFLINE'",
        "twin, false, 'twin ONLINE'",
        "on, true, 'on ONLINE'",
        "on, false, 'on ONLINE'",
        "off, true, 'off OFFLINE'",
        "off, false, 'off OFFLINE'",
        "johns, true, 'johns ONLINE|johns OFFLINE'",
        "none, true, ''",
        "none, false, ''"
    })
    void sid(String sid, boolean offlineToo, String ended) {
        RevocationReport report = revocations(offlineToo).session(sid, SampleCause.SOMEBODY);
        assertThat(report.outcomes()).allMatch(outcome -> outcome.status() == Outcome.Status.REVOKED);
        assertThat(report.outcomes())
                .extracting(outcome ->
                        outcome.session().sid() + " " + outcome.session().kind())
                .containsExactlyInAnyOrder(ended.isEmpty() ? new String[0] : ended.split("\\|", -1));
        assertThat(streams.sessions()).hasSize(6 - report.outcomes().size());
    }

    @ParameterizedTest
    @DisplayName(
            "by an id alone: an expired online session that is not yet cleared away does not stand for the offline one")
    @ValueSource(booleans = {true, false})
    void sidOfAnExpired(boolean offlineToo) {
        Session offline = streams.find("off", SessionKind.OFFLINE).orElseThrow();
        Session expired = SampleSession.of("off").user("jane").build();
        Revocations revocations = new Revocations(
                new PersistentSessions(Tables.withExpired(expired, offline), CachedSessions.NONE, new FakeSeal()),
                new Revoker(new FakeStore(streams), List.of(new BackchannelLogout(deliveries)), task -> {}),
                offlineToo);
        assertThat(revocations.session("off", SampleCause.SOMEBODY).outcomes())
                .filteredOn(outcome -> outcome.status() == Outcome.Status.REVOKED)
                .extracting(outcome -> outcome.session().kind())
                .containsExactly(SessionKind.OFFLINE);
        assertThat(streams.find("off", SessionKind.OFFLINE)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("by an id alone: an online session that is only in a cache ends, not an offline one")
    @ValueSource(booleans = {true, false})
    void sidOfAGhost(boolean offlineToo) {
        Session offline = streams.find("off", SessionKind.OFFLINE).orElseThrow();
        Session online = SampleSession.of("off").user("jane").build();
        streams.add(online);
        Revocations revocations = new Revocations(
                new PersistentSessions(
                        Tables.withExpired(SampleSession.of("other").build(), offline),
                        Tables.cached(online),
                        new FakeSeal()),
                new Revoker(new FakeStore(streams), List.of(new BackchannelLogout(deliveries)), task -> {}),
                offlineToo);
        assertThat(revocations.session("off", SampleCause.SOMEBODY).outcomes())
                .extracting(Outcome::status)
                .hasSize(offlineToo ? 2 : 1)
                .containsOnly(Outcome.Status.REVOKED);
        assertThat(streams.find("off", SessionKind.ONLINE)).isEmpty();
        assertThat(streams.find("off", SessionKind.OFFLINE).isPresent()).isEqualTo(!offlineToo);
    }

    @ParameterizedTest
    @DisplayName(
            "by an id alone: an offline twin that came up meanwhile goes where twins go, and stays where they stay")
    @ValueSource(booleans = {true, false})
    void lateTwin(boolean offlineToo) {
        FakeStore store = new FakeStore(streams);
        store.withRemoval(ref -> add(ref.sid(), SessionKind.OFFLINE, "jane"));
        RevocationReport report = new Revocations(
                        streams.catalog(),
                        new Revoker(store, List.of(new BackchannelLogout(deliveries)), task -> {}),
                        offlineToo)
                .session("on", SampleCause.SOMEBODY);
        assertThat(report.outcomes()).hasSize(offlineToo ? 2 : 1);
    }

    @Test
    @DisplayName("ended sessions are reported also when the look for late twins fails")
    void twinsUnknown() {
        FakeStore store = new FakeStore(streams);
        store.forgetful();
        RevocationReport report = new Revocations(
                        streams.catalog(),
                        new Revoker(store, List.of(new BackchannelLogout(deliveries)), task -> {}),
                        true)
                .session("on", SampleCause.SOMEBODY);
        assertThat(report.count(Outcome.Status.REVOKED)).isEqualTo(1);
    }

    @Test
    @DisplayName("all sessions of the users end, and no session of other users")
    void users() {
        assertThat(revocations(true).users(List.of(JANE), SampleCause.SOMEBODY).count(Outcome.Status.REVOKED))
                .isEqualTo(4);
        assertThat(streams.sessions()).extracting(session -> session.userId()).containsExactly(JOHN, JOHN);
        assertThat(revocations(true).users(List.of(JANE), SampleCause.SOMEBODY).outcomes())
                .isEmpty();
    }

    @Test
    @DisplayName("offline sessions stay where the realm keeps them")
    void offlineKept() {
        RevocationReport report = revocations(false).users(List.of(JANE, JOHN, JANE), SampleCause.SOMEBODY);
        assertThat(report.outcomes())
                .extracting(outcome -> outcome.session().sid())
                .containsExactlyInAnyOrder("twin", "on", "johns");
        assertThat(streams.sessions())
                .hasSize(3)
                .allMatch(session -> session.id().kind() == SessionKind.OFFLINE);
    }

    @Test
    @DisplayName("a call without users ends no session")
    void nobody() {
        assertThat(revocations(true).users(List.of(), SampleCause.SOMEBODY).outcomes())
                .isEmpty();
        assertThat(revocations(true)
                        .users(List.of(new UserId("nobody")), SampleCause.SOMEBODY)
                        .outcomes())
                .isEmpty();
        assertThat(streams.sessions()).hasSize(6);
    }

    private Revocations revocations(boolean offlineToo) {
        return new Revocations(
                streams.catalog(),
                new Revoker(new FakeStore(streams), List.of(new BackchannelLogout(deliveries)), task -> {}),
                offlineToo);
    }

    private void add(String sid, SessionKind kind, String user) {
        streams.add(SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sid))
                .user(user)
                .build());
    }
}
