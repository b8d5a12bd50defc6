package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several at once on one session: calls by its identifier, and a page that its browser still shows. */
class ContestedSessionIT {

    private static final String OTP_SECRET = "twenty-characters-or";
    private static final SignIn OTTO = SignIn.as("otto", "the-password").with(() -> Totp.now(OTP_SECRET));
    private static final SignIn OLGA = SignIn.as("olga", "the-password").with(() -> Totp.now(OTP_SECRET));
    private static final Credentials HEIDI = new Credentials("heidi", "heidi-password");

    private static Realm realm;
    private static App wiki;
    private static Http desk;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("contested");
        realm.update(Map.of("otpPolicyCodeReusable", true));
        wiki = realm.client("wiki");
        realm.user("heidi", "heidi-password");
        Map<String, ?> password = Map.of("type", "password", "value", "the-password", "temporary", false);
        for (String name : List.of("otto", "olga")) {
            realm.user(
                    name,
                    "the-password",
                    Map.of("credentials", List.of(password, Totp.credential(OTP_SECRET))),
                    Map.of());
        }
        App client = realm.helpDesk("desk");
        desk = Http.ping(Testbed.server().url(), "contested", client.clientId(), client.secret())
                .with("X-XSRF-Header", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the login form", "a page behind the login form"})
    @DisplayName("a page that was open when a source was deleted starts again, and does not bring the source back")
    void openPage(String page) {
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.94");
        Tokens tokens = browser.signIn(wiki, OTTO);
        List<JsonNode> both = sources(tokens);
        assertThat(both).hasSize(2);
        Browser.Form leftOpen = page.equals("the login form")
                ? browser.formToSignInAgain(wiki)
                : browser.formOfAction(wiki, "UPDATE_PROFILE");

        assertThat(delete(tokens, both.get(1)).status()).isEqualTo(200);

        assertThat(leftOpen.submit(OTTO)).isEmpty();
        assertThat(sources(tokens)).extracting(ContestedSessionIT::id).containsExactly(id(both.get(0)));
        assertThat(browser.visit(wiki)).map(Tokens::sessionId).contains(tokens.sessionId());
        assertThat(sources(tokens)).extracting(ContestedSessionIT::id).containsExactly(id(both.get(0)));
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("a source that is proved again is there again")
    void provedAgain() throws InterruptedException {
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.95");
        Tokens tokens = browser.signIn(wiki, OLGA);
        JsonNode password = source(tokens, "auth-username-password-form");
        assertThat(delete(tokens, password).status()).isEqualTo(200);
        assertThat(sources(tokens)).extracting(ContestedSessionIT::id).doesNotContain(id(password));
        String credentials = realm.path("/users/" + realm.userId("olga") + "/credentials");
        for (JsonNode credential : realm.admin().get(credentials)) {
            if (credential.get("type").asText().equals("otp")) {
                realm.admin().delete(credentials + "/" + credential.get("id").asText());
            }
        }
        // Times of proofs are in seconds.
        Thread.sleep(1_100);

        assertThat(browser.signInAgain(wiki, OLGA).sessionId()).isEqualTo(tokens.sessionId());

        JsonNode again = source(tokens, "auth-username-password-form");
        assertThat(again.get("creationTime").asText())
                .isGreaterThan(password.get("creationTime").asText());
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("a source was created when it was passed; the maximum counts from the session, which comes after")
    void passedBeforeTheSession() {
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.96")
                .signIn(wiki, SignIn.as("otto", "the-password").with(ContestedSessionIT::codeTwoSecondsLater));
        Instant started = realm.sessionStart(realm.userId("otto"), tokens.sessionId());

        List<JsonNode> both = sources(tokens);

        assertThat(both)
                .extracting(source -> source.at("/authnSource/id").asText())
                .containsExactly("auth-username-password-form", "auth-otp-form");
        Instant password = Instant.parse(both.get(0).get("creationTime").asText());
        assertThat(Instant.parse(both.get(1).get("creationTime").asText())).isBetween(password.plusSeconds(2), started);
        assertThat(both)
                .extracting(source -> Instant.parse(source.get("maxTimeout").asText()))
                .containsOnly(started.plus(Duration.ofHours(10)));
    }

    private static String codeTwoSecondsLater() {
        try {
            // Times of proofs are in seconds.
            Thread.sleep(2_100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Totp.now(OTP_SECRET);
    }

    @RepeatedTest(10)
    @DisplayName("both sources are deleted at the same moment: the session is over, and listed")
    void bothSourcesAtOnce() throws Exception {
        Tokens tokens = new Backend(wiki).directGrant(HEIDI);
        List<JsonNode> both = sources(tokens);
        assertThat(both).hasSize(2);

        List<Http.Answer> answers = atOnce(both.stream()
                .<Supplier<Http.Answer>>map(source -> () -> delete(tokens, source))
                .toList());

        // The later one may find nothing left.
        assertThat(answers).extracting(Http.Answer::status).contains(200).isSubsetOf(200, 404);
        assertEnded(tokens);
    }

    @RepeatedTest(5)
    @DisplayName("of many calls at once each answers that the session is revoked, and it is, and listed")
    void manyRevokes() throws Exception {
        Tokens tokens = new Backend(wiki).directGrant(HEIDI);

        List<Http.Answer> answers = atOnce(Stream.generate(
                        () -> (Supplier<Http.Answer>) () -> desk.post("/sessions/" + tokens.sessionId() + "/revoke"))
                .limit(8)
                .toList());

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
        assertEnded(tokens);
    }

    private static void assertEnded(Tokens tokens) {
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(desk.get("/sessions/" + tokens.sessionId())
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("SESSION_REVOKED");
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(desk.get("/users/heidi").json().toString()).doesNotContain(tokens.sessionId());
    }

    private static List<JsonNode> sources(Tokens tokens) {
        List<JsonNode> sources = new ArrayList<>();
        desk.get("/sessions/" + tokens.sessionId()).json().get("authnSessions").forEach(sources::add);
        return sources;
    }

    private static JsonNode source(Tokens tokens, String authenticator) {
        return sources(tokens).stream()
                .filter(source -> source.at("/authnSource/id").asText().equals(authenticator))
                .findFirst()
                .orElseThrow();
    }

    private static String id(JsonNode source) {
        return source.get("id").asText();
    }

    private static Http.Answer delete(Tokens tokens, JsonNode source) {
        return desk.delete("/sessions/" + tokens.sessionId() + "/authnSessions/" + id(source));
    }

    private static List<Http.Answer> atOnce(List<Supplier<Http.Answer>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            CyclicBarrier start = new CyclicBarrier(calls.size());
            List<Future<Http.Answer>> pending = new ArrayList<>();
            for (Supplier<Http.Answer> call : calls) {
                pending.add(threads.submit(() -> {
                    start.await();
                    return call.get();
                }));
            }
            List<Http.Answer> answers = new ArrayList<>();
            for (Future<Http.Answer> answer : pending) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
