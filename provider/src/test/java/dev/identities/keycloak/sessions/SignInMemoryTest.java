package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.SessionRows.Row;
import dev.identities.session.Device;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SignIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignInMemoryTest {

    private final AtomicLong nanos = new AtomicLong();
    private final SignInMemory memory = new SignInMemory(nanos::get);
    private final Map<SessionId, Session> live = new LinkedHashMap<>();
    private final Set<String> providers = new HashSet<>(Set.of("google"));
    private final List<Row> read = new ArrayList<>();

    @Test
    @DisplayName("a row is read once, and the sign-ins come in the order of the rows")
    void once() {
        Row one = row(session("one", RememberMe.NO));
        Row other = row(session("other", RememberMe.YES));

        assertThat(signIns(one)).extracting(SignIn::id).containsExactly(one.id());
        assertThat(signIns(other, one)).extracting(SignIn::id).containsExactly(other.id(), one.id());
        assertThat(signIns(one, other)).hasSize(2);
        assertThat(read).containsExactly(one, other);
    }

    @Test
    @DisplayName("a session that was used since is read anew")
    void used() {
        Session before = session("one", RememberMe.NO);
        signIns(row(before));
        Session after = SampleSession.of(before.id())
                .lastActive(before.lastActive().plusSeconds(1))
                .ipAddress("198.51.100.9")
                .build();
        live.put(after.id(), after);

        assertThat(signIns(row(after))).extracting(SignIn::ipAddress).containsExactly("198.51.100.9");
        assertThat(read).hasSize(2);
    }

    @Test
    @DisplayName("a session that turns out to be over is left out, and read again when its row is met again")
    void over() {
        Row row = row(session("one", RememberMe.NO));
        Session session = live.remove(row.id());

        assertThat(signIns(row)).isEmpty();
        live.put(session.id(), session);
        assertThat(signIns(row)).extracting(SignIn::id).containsExactly(session.id());
    }

    @Test
    @DisplayName("a remembered session of an identity provider that is gone is over")
    void provider() {
        Session session = SampleSession.of(id("one", RememberMe.NO))
                .broker("google", "alice")
                .build();
        live.put(session.id(), session);

        assertThat(signIns(row(session))).hasSize(1);
        providers.clear();
        assertThat(signIns(row(session))).isEmpty();
        assertThat(read).hasSize(1);
    }

    @Test
    @DisplayName(
            "a row that does not say whether it is remembered is read each time, because the JSON decides on its end")
    void unknown() {
        Row row = row(session("one", RememberMe.UNKNOWN));

        assertThat(signIns(row)).hasSize(1);
        live.clear();
        assertThat(signIns(row)).isEmpty();
    }

    @Test
    @DisplayName("a sign-in is forgotten five minutes after it was read, however often it was looked at")
    void forgotten() {
        Row row = row(session("one", RememberMe.NO));
        signIns(row);
        nanos.addAndGet(SignInMemory.FORGOTTEN_AFTER.toNanos() - 1);
        signIns(row);
        assertThat(read).hasSize(1);
        nanos.addAndGet(1);
        signIns(row);

        assertThat(read).hasSize(2);
    }

    @Test
    @DisplayName("an address that is a long text is not remembered")
    void longText() {
        Session session = SampleSession.of(id("one", RememberMe.NO))
                .ipAddress("x".repeat(101))
                .build();
        live.put(session.id(), session);

        assertThat(signIns(row(session))).hasSize(1);
        assertThat(signIns(row(session))).hasSize(1);
        assertThat(read).hasSize(2);
    }

    @Test
    @DisplayName("of a device the kind is remembered, and not the header")
    void device() {
        Session session = session("one", RememberMe.NO);

        Device remembered = signIns(row(session)).get(0).device();
        assertThat(remembered.userAgent()).isEmpty();
        assertThat(remembered.type()).isEqualTo(session.device().type());
        assertThat(remembered.osName()).isEqualTo(session.device().osName());
    }

    private List<SignIn> signIns(Row... rows) {
        return memory.of(
                List.of(rows),
                unread -> {
                    read.addAll(unread);
                    return unread.stream()
                            .map(row -> live.get(row.id()))
                            .filter(Objects::nonNull)
                            .toList();
                },
                providers::contains);
    }

    private Session session(String sid, RememberMe rememberMe) {
        Session session = SampleSession.of(id(sid, rememberMe))
                .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + 5))
                .build();
        live.put(session.id(), session);
        return session;
    }

    private static SessionId id(String sid, RememberMe rememberMe) {
        return new SessionId(SampleSession.SECOND, SessionKind.ONLINE, rememberMe, sid);
    }

    private static Row row(Session session) {
        return new Row(session.id(), session.userId(), session.lastActive().getEpochSecond());
    }
}
