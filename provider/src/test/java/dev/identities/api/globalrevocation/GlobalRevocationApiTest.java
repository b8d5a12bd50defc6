package dev.identities.api.globalrevocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.LogLines;
import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.access.GlobalRevocationAuthentication;
import dev.identities.access.GlobalRevocationCaller;
import dev.identities.access.IdentityProviderCaller;
import dev.identities.access.OAuthClientCaller;
import dev.identities.api.ApiRequest;
import dev.identities.api.ApiServer;
import dev.identities.api.ApiServer.Answer;
import dev.identities.api.JsonText;
import dev.identities.ending.FakeStore;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
import dev.identities.ending.Revoker;
import dev.identities.listing.FakeStreams;
import dev.identities.listing.VolatileSessions;
import dev.identities.session.Actor;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import dev.identities.settings.ClientSettings;
import dev.identities.settings.IdentityProviderSettings;
import dev.identities.settings.RealmSettings;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalRevocationApiTest {

    private static final String PATH = "/realms/acme/app/global-token-revocation";
    private static final String ALICE = "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"alice\"}}";

    private final LogLines log = new LogLines("dev.identities");
    private final FakeStreams streams = new FakeStreams();
    private final FakeStore store = new FakeStore(streams);
    private final Map<String, String> realmAttributes = new HashMap<>();

    /** People by what names them: {@code format value}; linked ones only. */
    private final Map<String, List<UserId>> linked = new HashMap<>();

    /** The same for all people. */
    private final Map<String, List<UserId>> all = new HashMap<>();

    private final List<String> audit = new ArrayList<>();

    private final List<String> refused = new ArrayList<>();

    private GlobalRevocationAuthentication authentication = () -> provider("true");

    private final ApiServer server = new ApiServer(this::api);

    GlobalRevocationApiTest() {
        add("alice", "s0", SessionKind.ONLINE);
        add("alice", "s1", SessionKind.OFFLINE);
        add("bob", "s2", SessionKind.ONLINE);
        linked.put("opaque alice", List.of(new UserId("alice")));
        all.put("opaque alice", List.of(new UserId("alice")));
        all.put("opaque bob", List.of(new UserId("bob")));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static GlobalRevocationCaller provider(String switched) {
        return new IdentityProviderCaller(
                "partner", "https://idp.example.com", IdentityProviderSettings.of(name -> switched));
    }

    private void client(String switched) {
        authentication = () -> new OAuthClientCaller("desk", ClientSettings.of(name -> switched));
    }

    private void add(String user, String sid, SessionKind kind) {
        streams.add(SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sid))
                .user(user)
                .build());
    }

    private boolean foundAll = true;

    private GlobalRevocationApi api() {
        RealmSettings settings = RealmSettings.of(realmAttributes::get);
        VolatileSessions catalog = streams.catalog();
        Subjects subjects = new Subjects() {
            @Override
            public List<UserId> linkedTo(IdentityProviderCaller provider, SubjectId subject, int max) {
                return find(linked, subject, max);
            }

            @Override
            public List<UserId> all(SubjectId subject, int max) {
                return find(all, subject, max);
            }

            @Override
            public boolean foundAll() {
                return foundAll;
            }
        };
        return new GlobalRevocationApi(
                new GlobalRevocationApi.Realm(
                        "ac\"me",
                        settings,
                        subjects,
                        catalog,
                        new Revocations(
                                catalog, new Revoker(store, List.of(), task -> {}), settings.revokeOfflineSessions()),
                        new Audit()),
                () -> authentication.authenticate());
    }

    private final class Audit implements GlobalRevocationAudit {
        @Override
        public void called(GlobalRevocationCaller caller, SubjectId subject, int people, RevocationReport report) {
            audit.add(caller.id() + " " + subject.format() + " " + subject.value() + " " + people + " "
                    + report.count(Outcome.Status.REVOKED));
        }

        @Override
        public void refused(Optional<GlobalRevocationCaller> caller, int status, String reason) {
            refused.add(caller.map(Actor::id).orElse("-") + " " + status + " " + reason);
        }
    }

    private static List<UserId> find(Map<String, List<UserId>> people, SubjectId subject, int max) {
        return people.getOrDefault(subject.format() + " " + subject.value(), List.of()).stream()
                .limit(max)
                .toList();
    }

    private Answer post(String body) {
        return post(body, "Content-Type", "application/json");
    }

    private Answer post(String body, String... headers) {
        return server.call("POST", PATH, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private List<String> left() {
        return streams.sessions().stream().map(session -> session.id().sid()).toList();
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(JsonText.tree(answer.body()).fieldNames())
                .toIterable()
                .containsExactly("error", "error_description");
        assertThat(JsonText.tree(answer.body()).get("error").textValue()).isEqualTo(error);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, no-store");
    }

    @Test
    @DisplayName("all sessions of a linked person end, those of others do not; the answer is empty")
    void ends() {
        Answer answer = post(ALICE);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(left()).containsExactly("s2");
        assertThat(audit).containsExactly("partner opaque alice 1 2");
    }

    @Test
    @DisplayName("somebody without a session is named with success")
    void nothingToEnd() {
        linked.put("opaque carol", List.of(new UserId("carol")));

        assertThat(post(ALICE.replace("alice", "carol")).status()).isEqualTo(204);

        assertThat(audit).containsExactly("partner opaque carol 1 0");
    }

    @Test
    @DisplayName("a provider does not find an account without a link, a client does")
    void whoMayBeNamed() {
        String bob = ALICE.replace("alice", "bob");
        assertError(post(bob), 404, "not_found");
        assertThat(left()).hasSize(3);
        assertThat(audit).containsExactly("partner opaque bob 0 0");

        client("true");
        assertThat(post(bob).status()).isEqualTo(204);
        assertThat(left()).containsExactlyInAnyOrder("s0", "s1");
    }

    @Test
    @DisplayName("each format is read with its own members, also under the name of earlier drafts")
    void formats() {
        linked.put("email Alice@acme.example", List.of(new UserId("alice")));
        linked.put("iss_sub 42", List.of(new UserId("bob")));
        assertThat(post("{\"subject\":{\"format\":\"email\",\"email\":\"Alice@acme.example\"}}")
                        .status())
                .isEqualTo(204);
        assertThat(left()).containsExactly("s2");
        assertThat(post("{\"sub_id\":{\"sub\":\"42\",\"iss\":\"https://idp.example.com\",\"format\":\"iss_sub\"}}")
                        .status())
                .isEqualTo(204);
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"sub_id\":null}",
                "{\"sub_id\":[]}",
                "{\"sub_id\":{\"id\":\"alice\"}}",
                "{\"sub_id\":{\"format\":[\"opaque\"],\"id\":\"alice\"}}",
                "{\"sub_id\":{\"format\":\"OPAQUE\",\"id\":\"alice\"}}",
                "{\"sub_id\":{\"format\":\"aliases\",\"identifiers\":[{\"format\":\"opaque\",\"id\":\"alice\"}]}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"alice\",\"sub\":\"x\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"alice\\u0000\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"alice\\ud800\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"alice\"},\"dry_run\":true}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"x\"},\"sub_id\":{\"format\":\"opaque\",\"id\":\"alice\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"alice\"}} {}",
                "{\"user\":{\"format\":\"opaque\",\"id\":\"alice\"}}",
                "{\"sub_id\":{\"format\":\"iss_sub\",\"iss\":\"x\"}}"
            })
    @DisplayName("a body that is not one known subject identifier and nothing else is refused, and nothing ends")
    void malformed(String body) {
        assertError(post(body), 400, "invalid_request");
        assertThat(left()).hasSize(3);
        assertThat(audit).isEmpty();
    }

    @Test
    @DisplayName("a body that is too long, of another type, or not UTF-8 is refused")
    void badBodies() {
        assertError(post(ALICE.replace("alice", "x".repeat(256))), 400, "invalid_request");
        assertError(post(ALICE + " ".repeat(RevocationRequest.MAX_BODY_BYTES)), 400, "invalid_request");
        assertError(post(ALICE, "Content-Type", "text/plain"), 400, "invalid_request");
        assertError(post(ALICE, "X-Nothing", "x"), 400, "invalid_request");
        byte[] latin = ALICE.replace("alice", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        assertError(server.call("POST", PATH, latin, "Content-Type", "application/json"), 400, "invalid_request");
        assertThat(post(ALICE, "Content-Type", "Application/JSON; charset=utf-8")
                        .status())
                .isEqualTo(204);
    }

    @Test
    @DisplayName("a caller whose switch is off is forbidden before the body is read")
    void switches() {
        authentication = () -> provider("false");
        assertError(post("x"), 403, "access_denied");
        authentication = () -> provider(null);
        assertError(post(ALICE), 403, "access_denied");
        client("false");
        assertError(post(ALICE), 403, "access_denied");
        client("true");
        realmAttributes.put("identities.session-management-api", "false");
        assertError(post(ALICE), 403, "access_denied");
        assertThat(left()).hasSize(3);
        // That switch of the realm is for clients.
        authentication = () -> provider("true");
        assertThat(post(ALICE).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a caller who is not authenticated gets a 401, and a 403 where the realm or a policy refuses")
    void denied(Reason reason) {
        authentication = () -> {
            throw new AccessDeniedException(reason);
        };
        boolean forbidden = List.of(
                        Reason.CLIENT_POLICY,
                        Reason.NO_PROOF_OF_POSSESSION,
                        Reason.REALM_DISABLED,
                        Reason.HTTPS_REQUIRED)
                .contains(reason);
        Answer answer = post(ALICE);
        assertError(answer, forbidden ? 403 : 401, forbidden ? "access_denied" : "invalid_token");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(forbidden ? null : "Bearer realm=\"ac%22me\"");
        assertThat(left()).hasSize(3);
    }

    @Test
    @DisplayName("the answer says what is wrong with a token")
    void detail() {
        authentication = () -> {
            throw new AccessDeniedException(Reason.INVALID_CREDENTIALS, "The token is expired (exp).");
        };
        assertThat(JsonText.tree(post(ALICE).body()).get("error_description").textValue())
                .isEqualTo("The token is expired (exp).");
    }

    @Test
    @DisplayName("all accounts of an identifier end up to a hundred; with more, nothing ends")
    void many() {
        List<UserId> people = IntStream.range(0, RevocationHandler.MAX_PEOPLE)
                .mapToObj(i -> new UserId("u" + i))
                .toList();
        people.forEach(user -> add(user.value(), "of-" + user.value(), SessionKind.ONLINE));
        linked.put("email team@acme.example", people);
        String team = "{\"sub_id\":{\"format\":\"email\",\"email\":\"team@acme.example\"}}";
        assertThat(post(team).status()).isEqualTo(204);
        assertThat(left()).containsExactlyInAnyOrder("s0", "s1", "s2");

        List<UserId> more = new ArrayList<>(people);
        more.add(new UserId("alice"));
        linked.put("email team@acme.example", more);
        assertError(post(team), 422, "ambiguous_subject");
        assertThat(left()).hasSize(3);
    }

    @Test
    @DisplayName("a realm that keeps offline sessions answers 422 when one is left, and 204 when there was none")
    void offlineKept() {
        realmAttributes.put("identities.revoke-offline-sessions", "false");
        assertError(post(ALICE), 422, "offline_sessions_kept");
        assertThat(left()).containsExactlyInAnyOrder("s1", "s2");
        linked.put("opaque bob", List.of(new UserId("bob")));
        assertThat(post(ALICE.replace("alice", "bob")).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("a byte order mark in front of the body is ignored")
    void byteOrderMark() {
        assertThat(post("\ufeff" + ALICE).status()).isEqualTo(204);
        assertThat(left()).doesNotContain("s0");
    }

    @Test
    @DisplayName("a look-up that did not look at everybody ends what it found, and does not say that all are gone")
    void notAllFound() {
        foundAll = false;
        assertError(post(ALICE), 503, "temporarily_unavailable");
        assertThat(left()).doesNotContain("s0");
        assertError(post(ALICE.replace("alice", "nobody")), 503, "temporarily_unavailable");
    }

    @Test
    @DisplayName("a store that fails for a session is unavailable, and so is one that does not answer at all")
    void storeFails() {
        store.failOn("s0");
        assertError(post(ALICE), 503, "temporarily_unavailable");
        assertThat(audit).singleElement().asString().startsWith("partner opaque alice 1 ");
        streams.failWith(new IllegalStateException(new SQLException("gone")));
        assertError(post(ALICE), 503, "temporarily_unavailable");
        streams.failWith(new IllegalStateException("broken"));
        assertError(post(ALICE), 500, "server_error");
        assertThat(refused).containsExactly("partner 503 temporarily_unavailable", "partner 500 server_error");
    }

    @Test
    @DisplayName("another method, path or parameter is not there")
    void elsewhere() {
        assertError(server.call("GET", PATH), 404, "not_found");
        assertError(server.call("DELETE", PATH), 404, "not_found");
        assertError(server.call("POST", PATH + "/x"), 404, "not_found");
        assertError(server.call("POST", PATH + "?reason=x", new byte[0]), 400, "invalid_request");
        assertThat(server.call(
                                "POST",
                                PATH + "?client_id=x&client_assertion=y&client_assertion_type=z",
                                ALICE.getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(204);
    }

    @Test
    @DisplayName("the API takes requests at its path and below, and no others")
    void takes() {
        for (String path :
                List.of("/global-token-revocation", "/global-token-revocation/", "/global-token-revocation/x")) {
            assertThat(GlobalRevocationApi.takes(request(path))).isTrue();
        }
        for (String path : List.of("", "/", "/users", "/global-token-revocations", "/x/global-token-revocation")) {
            assertThat(GlobalRevocationApi.takes(request(path))).isFalse();
        }
        assertThat(RevocationMetadata.members("https://sso.example.com/realms/acme/app"))
                .containsEntry(
                        "global_token_revocation_endpoint",
                        "https://sso.example.com/realms/acme/app/global-token-revocation");
    }

    private static ApiRequest request(String path) {
        return new ApiRequest("POST", path, null, name -> List.of(), InputStream.nullInputStream());
    }

    @Test
    @DisplayName("a refused call is audited with its reason; one that named somebody is audited as a call alone")
    void refusals() {
        assertError(post("{}"), 400, "invalid_request");
        authentication = () -> provider("false");
        assertError(post(ALICE), 403, "access_denied");
        client("false");
        assertError(post(ALICE), 403, "access_denied");
        authentication = () -> {
            throw new AccessDeniedException(Reason.INVALID_CREDENTIALS, "expired", "The token is expired (exp).");
        };
        assertError(post(ALICE), 401, "invalid_token");
        authentication = () -> {
            throw new AccessDeniedException(Reason.HTTPS_REQUIRED);
        };
        assertError(post(ALICE), 403, "access_denied");
        authentication = () -> provider("true");
        assertError(post(ALICE.replace("alice", "nobody")), 404, "not_found");
        assertThat(refused)
                .containsExactly(
                        "partner 400 invalid_request",
                        "partner 403 access_denied",
                        "desk 403 access_denied",
                        "- 401 expired",
                        "- 403 https_required");
        assertThat(audit).containsExactly("partner opaque nobody 0 0");
    }
}
