package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Http.Answer;
import dev.identities.finality.Site.Person;
import dev.identities.finality.Site.Session;
import dev.identities.platform.Store;
import dev.identities.platform.Store.Vendor;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A session without a row, which lives in a cache: each of our calls ends it, and reports it like any other. Then a row
 * without a session, and a session that the revocation list cannot take.
 */
class GhostIT {

    private static final String USER_SESSIONS = "OFFLINE_USER_SESSION";
    private static final String CLIENT_SESSIONS = "OFFLINE_CLIENT_SESSION";

    private static Store store;
    private static Site site;
    private static Tokens others;
    private static int people;

    @BeforeAll
    static void server() {
        String vendor = System.getProperty("identities.database", "h2").toUpperCase(Locale.ROOT);
        store = Store.start(Vendor.valueOf(vendor), "ghosts", Options.of(Testbed.providerJar()));
        site = Site.create(store.keycloak(), "ghosts");
        others = site.person("other").directGrant();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    /** What kind of session it is. */
    private enum Kind {
        ONLINE,
        OFFLINE;

        Session signIn() {
            Person person = site.person("person" + people++);
            return this == ONLINE ? person.signIn(0) : person.signIn(0, "offline_access");
        }
    }

    static Stream<Object[]> calls() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Arrays.stream(OurCall.values()).map(call -> new Object[] {kind, call}));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("calls")
    @DisplayName("each of our calls ends a session that only a cache has, and lists it as revoked")
    void ended(Kind kind, OurCall call) throws SQLException {
        Session session = kind.signIn();
        Runnable ending = call.ending(session, 0);
        deleteRows(session);

        ending.run();

        assertEnded(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "user"})
    @DisplayName("the report of the call names the session as revoked")
    void reported(String what) throws SQLException {
        Session session = Kind.ONLINE.signIn();
        deleteRows(session);

        Answer answer = site.app(0)
                .delete((what.equals("session")
                                ? "/sessions/" + session.sid()
                                : "/users/" + session.person().id())
                        + "?report=true");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("sessions")).singleElement().satisfies(one -> {
            assertThat(one.get("id").asText()).isEqualTo(session.sid());
            assertThat(one.get("kind").asText()).isEqualTo("online");
            assertThat(one.get("status").asText()).isEqualTo("revoked");
        });
        assertEnded(session);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("a session that only a cache has is ended by its id and listed, also when its account is deleted")
    void ofDeletedAccount(Kind kind) throws SQLException {
        Session session = kind.signIn();
        deleteRows(session);
        site.realm()
                .admin()
                .delete(site.realm().path("/users/" + session.person().id()));

        OurCall.APP_SESSION.ending(session, 0).run();

        assertEnded(session);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("a row that is written again after the end is of no use to anybody")
    void rowComesBack(Kind kind) throws Exception {
        Session session = kind.signIn();
        execute("CREATE TABLE KEPT_" + kind + " AS SELECT * FROM " + USER_SESSIONS + of(session));
        execute("CREATE TABLE KEPT_CLIENT_" + kind + " AS SELECT * FROM " + CLIENT_SESSIONS + of(session));
        OurCall.APP_SESSION.ending(session, 0).run();
        // The sweep after the first second deletes such a row: it shall not be what refuses the session.
        Thread.sleep(2_000);

        execute("INSERT INTO " + USER_SESSIONS + " SELECT * FROM KEPT_" + kind);
        execute("INSERT INTO " + CLIENT_SESSIONS + " SELECT * FROM KEPT_CLIENT_" + kind);

        assertThat(History.accesses(session, Set.of(session.tokens()), 0)).isEmpty();
        assertThat(site.backend(0).access(others).alive()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("a session that cannot be listed is as it was, and ends by the same call when the list works again")
    void unlisted(Kind kind) throws SQLException {
        Session session = kind.signIn();
        boolean signedOn = session.browser().copy().visit(site.wiki()).isPresent();
        execute("ALTER TABLE REVOKED_TOKEN RENAME TO REVOKED_TOKEN_AWAY");
        Answer refused;
        try {
            refused = site.app(0).delete("/sessions/" + session.sid());
        } finally {
            execute("ALTER TABLE REVOKED_TOKEN_AWAY RENAME TO REVOKED_TOKEN");
        }

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(isListed(session)).isTrue();
        assertThat(site.backend(0).access(session.tokens()).alive()).isTrue();
        assertThat(session.browser().copy().visit(site.wiki()).isPresent()).isEqualTo(signedOn);
        OurCall.APP_SESSION.ending(session, 0).run();
        assertEnded(session);
    }

    /** Ids have no characters that would have to be quoted. */
    private static String of(Session session) {
        return " WHERE USER_SESSION_ID = '" + session.sid() + "'";
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Deletes the session's rows behind Keycloak's back: it works on, and no list has it. */
    private static void deleteRows(Session session) throws SQLException {
        assertThat(isListed(session)).isTrue();
        try (Connection connection = store.connect()) {
            for (String table : List.of(CLIENT_SESSIONS, USER_SESSIONS)) {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE USER_SESSION_ID = ?")) {
                    delete.setString(1, session.sid());
                    assertThat(delete.executeUpdate()).as(table).isPositive();
                }
            }
        }
        assertThat(site.backend(0).access(session.tokens()).alive()).isTrue();
        assertThat(isListed(session)).isFalse();
    }

    private static boolean isListed(Session session) {
        boolean inPing =
                site.ping(0).get("/users/" + session.person().name()).body().contains(session.sid());
        Answer all = site.app(0).get("/users/" + session.person().id());
        assertThat(all.status()).as(all.body()).isEqualTo(inPing ? 200 : 404);
        return inPing;
    }

    private static void assertEnded(Session session) {
        assertThat(History.accesses(session, Set.of(session.tokens()), 0)).isEmpty();
        Answer revoked = site.ping(0).get("/revokedSris/" + session.sid());
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
        assertThat(site.ping(0)
                        .get("/sessions/" + session.sid())
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("SESSION_REVOKED");
        assertThat(isListed(session)).isFalse();
        assertThat(site.backend(0).access(others).alive()).isTrue();
    }
}
