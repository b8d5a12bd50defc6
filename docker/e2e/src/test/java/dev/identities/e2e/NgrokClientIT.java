package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ngrok.DefaultNgrokApiClient;
import com.ngrok.Ngrok;
import com.ngrok.NgrokApiClient;
import com.ngrok.NgrokApiClient.HttpMethod;
import com.ngrok.definitions.ApplicationSession;
import com.ngrok.definitions.ApplicationSessionList;
import com.ngrok.definitions.ApplicationUser;
import com.ngrok.definitions.ApplicationUserList;
import com.ngrok.definitions.NgrokApiError;
import com.ngrok.definitions.Page;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ngrok's own Java client, unchanged, against a realm. */
class NgrokClientIT {

    private static final int USERS = 7;

    private static Realm realm;
    private static App wiki;
    private static App siem;

    @BeforeAll
    static void usersAreSignedIn() {
        realm = Testbed.realm("ngrok-client");
        wiki = realm.client("wiki");
        for (int i = 0; i < USERS; i++) {
            realm.user("user" + i, "password");
            new Backend(wiki).directGrant(new Credentials("user" + i, "password"));
        }
        siem = realm.program("siem");
    }

    private static Ngrok client(String key) {
        return new Ngrok(apiClient(key));
    }

    private static NgrokApiClient apiClient(String key) {
        return DefaultNgrokApiClient.newBuilder(key)
                .baseUri(URI.create(Testbed.server().url() + "/realms/ngrok-client"))
                .build();
    }

    @Test
    @DisplayName("lists users and sessions over several pages")
    void pages() throws Exception {
        Ngrok ngrok = client(siem.apiKey());

        List<List<ApplicationUser>> pages =
                allPages(ngrok.applicationUsers().list().limit("3").blockingCall());
        List<ApplicationSession> sessions = new ArrayList<>();
        Optional<Page<ApplicationSessionList>> sessionPage =
                Optional.of(ngrok.applicationSessions().list().limit("2").blockingCall());
        while (sessionPage.isPresent()) {
            sessions.addAll(sessionPage.get().getPage().getApplicationSessions());
            sessionPage = sessionPage.get().next().toCompletableFuture().get();
        }

        assertThat(pages).hasSizeGreaterThanOrEqualTo(3);
        assertThat(pages)
                .flatExtracting(page -> page)
                .extracting(ApplicationUser::getId)
                .doesNotHaveDuplicates();
        assertThat(usernames(pages)).contains("user0", "user1", "user2", "user3", "user4", "user5");
        assertThat(sessions).extracting(ApplicationSession::getId).doesNotHaveDuplicates();
        assertThat(sessions).hasSizeGreaterThanOrEqualTo(USERS - 1);
    }

    @Test
    @DisplayName("lists by a filter over several pages, by a request that the program puts together itself")
    void filtered() throws Exception {
        NgrokApiClient ngrok = apiClient(siem.apiKey());

        ApplicationUserList first = ngrok.sendRequest(
                        HttpMethod.GET,
                        "/app/users",
                        Stream.of(
                                Map.entry("filter", Optional.of("obj.username in [\"user1\", \"user2\", \"user4\"]")),
                                Map.entry("limit", Optional.of("2"))),
                        Stream.empty(),
                        Optional.of(ApplicationUserList.class))
                .toCompletableFuture()
                .get();

        List<List<ApplicationUser>> pages = allPages(new Page<>(ngrok, first));
        assertThat(pages).hasSizeGreaterThanOrEqualTo(2);
        assertThat(usernames(pages)).containsExactlyInAnyOrder("user1", "user2", "user4");
    }

    /** This page and all after it. */
    private static List<List<ApplicationUser>> allPages(Page<ApplicationUserList> first) throws Exception {
        List<List<ApplicationUser>> pages = new ArrayList<>();
        Optional<Page<ApplicationUserList>> page = Optional.of(first);
        while (page.isPresent()) {
            pages.add(page.get().getPage().getApplicationUsers());
            page = page.get().next().toCompletableFuture().get();
        }
        return pages;
    }

    private static List<String> usernames(List<List<ApplicationUser>> pages) {
        return pages.stream()
                .flatMap(List::stream)
                .map(user -> user.getUsername().orElse(""))
                .toList();
    }

    @Test
    @DisplayName("gets a session with all that is known of it, deletes it, and the person is out")
    void getAndDelete() throws Exception {
        Ngrok ngrok = client(siem.apiKey());
        realm.user("alice", "alice-password");
        Browser browser = new Browser(Browser.PHONE, "203.0.113.50");
        Tokens tokens = browser.signIn(wiki, SignIn.as("alice", "alice-password"));

        ApplicationSession session =
                ngrok.applicationSessions().get(tokens.sessionId()).blockingCall();
        assertThat(session.getBrowserSession().getIpAddress()).isEqualTo("203.0.113.50");
        assertThat(session.getBrowserSession().getUserAgent().getRaw()).isEqualTo(Browser.PHONE);
        assertThat(session.getBrowserSession().getUserAgent().getDeviceType()).contains("Mobile");
        assertThat(session.getPublicUrl()).isEqualTo(URI.create("https://wiki.example/"));
        assertThat(session.getExpiresAt()).isPresent();
        ApplicationUser user = ngrok.applicationUsers()
                .get(session.getApplicationUser().orElseThrow().getId())
                .blockingCall();
        assertThat(user.getUsername()).contains("alice");
        assertThat(user.getLastLogin()).isPresent();

        ngrok.applicationSessions().delete(session.getId()).blockingCall();

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
        NgrokApiError gone =
                error(() -> ngrok.applicationSessions().get(session.getId()).blockingCall());
        assertThat(gone.getHttpStatusCode()).isEqualTo(404);
        assertThat(gone.getDetails()).containsKey("operation_id");
    }

    @Test
    @DisplayName("deletes a user: all of their sessions end")
    void deleteUser() throws Exception {
        Tokens tokens = new Backend(wiki).directGrant(new Credentials("user6", "password"));

        client(siem.apiKey())
                .applicationUsers()
                .delete("usr_" + realm.userId("user6"))
                .blockingCall();

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("meets errors as its own exception, with status and code")
    void errors() {
        NgrokApiError malformed = error(
                () -> client(siem.apiKey()).applicationUsers().get("nonsense").blockingCall());
        assertThat(malformed.getHttpStatusCode()).isEqualTo(404);
        assertThat(malformed.isErrorCode("ERR_NGROK_222")).isTrue();

        NgrokApiError limit = error(
                () -> client(siem.apiKey()).applicationUsers().list().limit("0").blockingCall());
        assertThat(limit.getHttpStatusCode()).isEqualTo(400);
        assertThat(limit.isErrorCode("ERR_NGROK_233")).isTrue();

        NgrokApiError key =
                error(() -> client("c2llbTp3cm9uZw==").applicationUsers().list().blockingCall());
        assertThat(key.getHttpStatusCode()).isEqualTo(403);
        assertThat(key.isErrorCode("ERR_NGROK_203")).isTrue();
    }

    /** The client wraps its exception when it was thrown by another thread. */
    private static NgrokApiError error(ThrowingCallable call) {
        Throwable thrown = catchThrowableOfType(Throwable.class, call);
        while (thrown != null && !(thrown instanceof NgrokApiError)) {
            thrown = thrown.getCause();
        }
        assertThat(thrown).isInstanceOf(NgrokApiError.class);
        return (NgrokApiError) thrown;
    }
}
