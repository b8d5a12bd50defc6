package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.compact;
import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.session.Application;
import dev.identities.session.Attribution;
import dev.identities.session.Device;
import dev.identities.session.Grant;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.Suspension;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bodies, member by member, as they are on the wire. */
class NgrokRendererTest {

    private static final String JANE = "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e";

    /** The only members that all of ngrok's clients take a null for. */
    private static final Set<String> NULLABLE = Set.of(
            "next_page_uri",
            "application_user",
            "endpoint",
            "edge",
            "route",
            "location",
            "country_code",
            "latitude",
            "longitude",
            "lat_long_radius_km",
            "city",
            "source",
            "impersonator",
            "attribution",
            "attribution_url",
            "grant",
            "suspended");

    private static final Attribution ACME = new Attribution("Places by Acme", "https://acme.example");

    private final NgrokWorld world = new NgrokWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("a user, completely")
    void user() {
        world.directory.person(
                JANE,
                new Person(
                        "jane",
                        "jane@example.com",
                        "Jane Doe",
                        true,
                        Optional.of(Instant.parse("2020-02-29T12:00:00.987Z"))));
        world.directory.identityProvider(new IdentityProvider("google", "Google", "https://accounts.google.com"));
        Instant signedIn = Instant.parse("2026-01-17T02:00:00Z");
        world.directory.application(SampleSession.application("shop"));
        world.caller.hiddenClients.add("uuid-shop");
        world.directory.application(new Application("cli", "cli", Optional.empty()));
        world.caller.unmanageableUsers.add(JANE);
        world.add(SampleSession.of("first")
                .user(JANE)
                .lastActive(Instant.parse("2026-01-17T01:30:00Z"))
                .clients("uuid-cli", "uuid-shop")
                .build());
        SessionId later = new SessionId(SampleSession.SECOND + 60, SessionKind.ONLINE, RememberMe.NO, "second");
        world.add(SampleSession.of(later)
                .user(JANE)
                .clients("uuid-shop")
                .broker("google", "1000001")
                .lastSignIn(signedIn)
                .lastActive(Instant.parse("2026-01-17T03:00:00.999Z"))
                .build());
        String user = """
                {"id":"usr_0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                 "uri":"https://sso.example.com/realms/acme/app/users/usr_0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                 "identity_provider":{"name":"Google","url":"https://accounts.google.com","alias":"google"},
                 "provider_user_id":"1000001","username":"jane","email":"jane@example.com","name":"Jane Doe",
                 "created_at":"2020-02-29T12:00:00Z","last_active":"2026-01-17T03:00:00Z",
                 "last_login":"2026-01-17T02:00:00Z","enabled":true,"account":"stored","sessions_count":2,
                 "identity_providers":[
                   {"name":"Google","url":"https://accounts.google.com","alias":"google"},
                   {"name":"Acme","url":"https://sso.example.com/realms/acme","alias":""}],
                 "access":{"manage":false},
                 "clients":[
                   {"client_id":"(hidden)","name":"(hidden)","base_url":"",
                    "started_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:04:03Z","uuid":""},
                   {"client_id":"cli","name":"cli","base_url":"",
                    "started_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:03:03Z","uuid":"uuid-cli"}],
                 "latest_session":%s,"signals":[]}
                """.formatted(world.call("GET", "/sessions/second").body());
        assertThat(world.call("GET", "/users/usr_" + JANE).body()).isEqualTo(compact(user));
        assertThat(world.call("GET", "/users").body())
                .isEqualTo(compact("{\"application_users\":[" + user
                        + "],\"uri\":\"https://sso.example.com/realms/acme/app/users\",\"next_page_uri\":null}"));
    }

    @Test
    @DisplayName("a user whose account is gone is listed all the same, and nothing of it is null")
    void unknownUser() {
        world.add(SampleSession.of("only").user("f:ldap:gone@x").build());
        String id = "usr_x_ZjpsZGFwOmdvbmVAeA";
        assertThat(world.call("GET", "/users/" + id).body()).isEqualTo(compact("""
                {"id":"%1$s","uri":"https://sso.example.com/realms/acme/app/users/%1$s",
                 "identity_provider":{"name":"Acme","url":"https://sso.example.com/realms/acme","alias":""},
                 "provider_user_id":"f:ldap:gone@x","username":"","email":"","name":"(unknown user)",
                 "created_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:02:03Z",
                 "last_login":"2026-01-17T01:02:03Z","enabled":false,"account":"unknown","sessions_count":1,
                 "identity_providers":[
                   {"name":"Acme","url":"https://sso.example.com/realms/acme","alias":""}],
                 "access":{"manage":true},"clients":[],"latest_session":%2$s,"signals":[]}
                """.formatted(
                        id, world.call("GET", "/sessions/only").body())));
    }

    @Test
    @DisplayName("a broker that does not tell its user id: ours stands in, since the member must be a text")
    void brokerWithoutUserId() {
        world.add(SampleSession.of("only").user(JANE).broker("saml", "").build());
        JsonNode user = tree(world.call("GET", "/users/usr_" + JANE).body());
        assertThat(user.get("provider_user_id").textValue()).isEqualTo(JANE);
        assertThat(user.get("identity_provider")).hasToString("{\"name\":\"saml\",\"url\":\"\",\"alias\":\"saml\"}");
    }

    @Test
    @DisplayName("a session, completely")
    void session() {
        world.directory.application(SampleSession.application("shop"));
        world.directory.application(new Application("cli", "cli", Optional.empty()));
        world.places.put("203.0.113.7", new Place("DE", "Berlin", 52.52, 13.4, 20, "Test-City", ACME));
        world.directory.person(JANE, new Person("jane", "", "Jane Doe", true, Optional.empty()));
        world.add(SampleSession.of("sid")
                .user(JANE)
                .lastActive(Instant.parse("2026-01-17T01:05:00Z"))
                .clients("uuid-shop", "uuid-cli", "uuid-deleted")
                .build());
        String session = """
                {"id":"ses_696adf8bfsid","uri":"https://sso.example.com/realms/acme/app/sessions/ses_696adf8bfsid",
                 "public_url":"https://shop.example.com/",
                 "browser_session":{
                   "user_agent":{"raw":"Mozilla/5.0 (X)","browser_name":"Safari","browser_version":"15.1",
                     "device_type":"Desktop","os_name":"MacOS","os_version":"10.15.7"},
                   "ip_address":"203.0.113.7",
                   "location":{"country_code":"DE","latitude":52.52,"longitude":13.4,"lat_long_radius_km":20,
                     "city":"Berlin","source":"Test-City","attribution":"Places by Acme",
                     "attribution_url":"https://acme.example"},
                   "recorded_ip_address":"203.0.113.7"},
                 "application_user":{"id":"usr_0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                   "uri":"https://sso.example.com/realms/acme/app/users/usr_0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                   "username":"jane","name":"Jane Doe"},
                 "created_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:05:00Z",
                 "expires_at":"2026-01-17T11:02:03Z",
                 "endpoint":{"id":"shop","uri":"https://shop.example.com/"},"edge":null,"route":null,
                 "kind":"online","idle_expires_at":"2026-01-17T01:35:00Z",
                 "identity_provider":{"name":"Acme","url":"https://sso.example.com/realms/acme","alias":""},
                 "auth_method":"openid-connect","remember_me":false,
                 "clients":[
                   {"client_id":"shop","name":"App shop","base_url":"https://shop.example.com/",
                    "started_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:03:03Z","uuid":"uuid-shop"},
                   {"client_id":"cli","name":"cli","base_url":"",
                    "started_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:03:03Z","uuid":"uuid-cli"},
                   {"client_id":"(hidden)","name":"(hidden)","base_url":"",
                    "started_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:03:03Z","uuid":""}],
                 "access":{"manage":true},"current":false,"impersonator":null,"grant":null,
                 "suspended":null,"signals":[]}
                """;
        assertThat(world.call("GET", "/sessions/ses_696adf8bfsid").body()).isEqualTo(compact(session));
        assertThat(world.call("GET", "/sessions").body())
                .isEqualTo(compact("{\"application_sessions\":[" + session
                        + "],\"uri\":\"https://sso.example.com/realms/acme/app/sessions\",\"next_page_uri\":null}"));
        assertThat(world.call("GET", "/users/" + JANE + "/sessions").body())
                .isEqualTo(compact("{\"application_sessions\":[" + session
                        + "],\"uri\":\"https://sso.example.com/realms/acme/app/users/usr_" + JANE
                        + "/sessions\",\"next_page_uri\":null}"));
    }

    @Test
    @DisplayName("a session of which next to nothing is known: empty texts, and null only where clients take it")
    void bareSession() {
        world.add(SampleSession.of(new SessionId(SampleSession.SECOND, SessionKind.OFFLINE, RememberMe.YES, "bare"))
                .user(JANE)
                .unlimited()
                .ipAddress("")
                .device(Device.UNKNOWN)
                .build());
        assertThat(world.call("GET", "/sessions/bare").body()).isEqualTo(compact("""
                {"id":"ses_696adf8bbbare","uri":"https://sso.example.com/realms/acme/app/sessions/ses_696adf8bbbare",
                 "public_url":"https://sso.example.com/realms/acme/account",
                 "browser_session":{
                   "user_agent":{"raw":"","browser_name":"","browser_version":"",
                     "device_type":"","os_name":"","os_version":""},
                   "ip_address":"","location":null,"recorded_ip_address":""},
                 "application_user":{"id":"usr_0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                   "uri":"https://sso.example.com/realms/acme/app/users/usr_0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                   "username":"","name":"(unknown user)"},
                 "created_at":"2026-01-17T01:02:03Z","last_active":"2026-01-17T01:02:03Z",
                 "expires_at":"2026-01-17T01:32:03Z","endpoint":null,"edge":null,"route":null,
                 "kind":"offline","idle_expires_at":"2026-01-17T01:32:03Z",
                 "identity_provider":{"name":"Acme","url":"https://sso.example.com/realms/acme","alias":""},
                 "auth_method":"openid-connect","remember_me":true,"clients":[],
                 "access":{"manage":true},"current":false,"impersonator":null,"grant":null,
                 "suspended":null,"signals":[]}
                """));
    }

    @Test
    @DisplayName("the caller's own session is marked, wherever it is shown, and no other")
    void current() {
        world.add(SampleSession.of("own").user(JANE).build());
        world.add(SampleSession.of("other").user(JANE).build());
        assertThat(world.call("GET", "/sessions").body()).doesNotContain("\"current\":true");
        world.caller.sid = Optional.of("own");
        assertThat(tree(world.call("GET", "/sessions/own").body())
                        .get("current")
                        .booleanValue())
                .isTrue();
        assertThat(tree(world.call("GET", "/sessions/other").body())
                        .get("current")
                        .booleanValue())
                .isFalse();
        assertThat(tree(world.call("GET", "/users/" + JANE).body())
                        .at("/latest_session/current")
                        .booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("the address is shown as the one that the recorded text means, and that text beside it")
    @CsvSource({
        "[2001:db8::9], 2001:db8::9",
        "2001:DB8::9%eth0, 2001:db8::9",
        "::ffff:203.0.113.7, 203.0.113.7",
        "203.0.113.7, 203.0.113.7",
        "unknown, unknown"
    })
    void address(String recorded, String address) {
        world.add(SampleSession.of("sid").ipAddress(recorded).build());
        JsonNode session = tree(world.call("GET", "/sessions/sid").body()).get("browser_session");
        assertThat(session.get("ip_address").textValue()).isEqualTo(address);
        assertThat(session.get("recorded_ip_address").textValue()).isEqualTo(recorded);
    }

    @ParameterizedTest
    @DisplayName("a session that began without a browser says by which request")
    @CsvSource({
        "CLIENT_CREDENTIALS, client_credentials",
        "PASSWORD, password",
        "TOKEN_EXCHANGE, token_exchange",
        "IMPERSONATION, impersonation"
    })
    void grant(Grant grant, String shown) {
        world.add(SampleSession.of("sid").grant(grant).build());
        assertThat(tree(world.call("GET", "/sessions/sid").body()).get("grant").textValue())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @DisplayName("a session that Keycloak refuses now is shown with the reason")
    @CsvSource({"ACCOUNT_DISABLED, account_disabled", "ACCOUNT_UNKNOWN, account_unknown", "NOT_BEFORE, not_before"})
    void suspended(Suspension why, String shown) {
        world.add(SampleSession.of("sid").build());
        world.directory.suspend("sid", why);
        assertThat(tree(world.call("GET", "/sessions/sid").body())
                        .get("suspended")
                        .textValue())
                .isEqualTo(shown);
    }

    @Test
    @DisplayName("an impersonator is named to whom may view that person in this realm, and to nobody else")
    void impersonator() {
        world.directory.person("chief", new Person("chief", "", "Chief", true, Optional.empty()));
        world.add(SampleSession.of("here").user(JANE).impersonator("chief").build());
        world.add(SampleSession.of("elsewhere")
                .user(JANE)
                .impersonator("of-master")
                .build());
        assertThat(impersonator("here")).hasToString("{\"id\":\"usr_chief\",\"username\":\"chief\"}");
        assertThat(impersonator("elsewhere")).hasToString("{\"id\":\"\",\"username\":\"(hidden)\"}");
        world.caller.hiddenUsers.add("chief");
        assertThat(impersonator("here")).hasToString("{\"id\":\"\",\"username\":\"(hidden)\"}");
    }

    private JsonNode impersonator(String sid) {
        return tree(world.call("GET", "/sessions/" + sid).body()).get("impersonator");
    }

    @Test
    @DisplayName("an application without an address of its own: the account pages, for the endpoint as well")
    void applicationWithoutUrl() {
        world.directory.application(new Application("cli", "cli", Optional.empty()));
        world.add(SampleSession.of("sid").clients("uuid-cli").build());
        JsonNode session = tree(world.call("GET", "/sessions/sid").body());
        assertThat(session.get("public_url").textValue()).isEqualTo("https://sso.example.com/realms/acme/account");
        assertThat(session.get("endpoint"))
                .hasToString("{\"id\":\"cli\",\"uri\":\"https://sso.example.com/realms/acme/account\"}");
    }

    @Test
    @DisplayName("an application that the caller may not view: neither name nor address of it anywhere")
    void hiddenClient() {
        world.directory.application(
                new Application("secret", "Top Secret", Optional.of(URI.create("https://secret.example.com"))));
        world.directory.application(SampleSession.application("shop"));
        world.caller.hiddenClients.add("uuid-secret");
        world.add(SampleSession.of("sid").clients("uuid-secret", "uuid-shop").build());
        for (String path : List.of("/sessions", "/sessions/sid", "/users")) {
            assertThat(world.call("GET", path).body()).doesNotContainIgnoringCase("secret");
        }
        JsonNode session = tree(world.call("GET", "/sessions/sid").body());
        assertThat(session.get("clients")).hasSize(2);
        assertThat(session.get("clients").get(0).get("client_id").textValue()).isEqualTo("(hidden)");
        assertThat(session.get("clients").get(1).get("client_id").textValue()).isEqualTo("shop");
        assertThat(session.get("endpoint").isNull()).isTrue();
    }

    @Test
    @DisplayName("a country database knows no coordinates: the members are there, and null")
    void countryOnly() {
        world.places.put("203.0.113.7", new Place("FR", null, null, null, null, null, null));
        world.add(SampleSession.of("sid").build());
        assertThat(tree(world.call("GET", "/sessions/sid").body()).at("/browser_session/location"))
                .hasToString("{\"country_code\":\"FR\",\"latitude\":null,\"longitude\":null,"
                        + "\"lat_long_radius_km\":null,\"city\":null,\"source\":null,"
                        + "\"attribution\":null,\"attribution_url\":null}");
    }

    @Test
    @DisplayName("over many kinds of sessions: no null outside the few members, no relative address, no odd id")
    void rules() {
        world.directory.application(new Application("cli", "cli", Optional.empty()));
        world.places.put("203.0.113.7", new Place(null, null, null, null, null, null, null));
        int i = 0;
        for (SessionKind kind : SessionKind.values()) {
            for (RememberMe flag : RememberMe.values()) {
                Session plain = SampleSession.of(new SessionId(SampleSession.SECOND, kind, flag, "s" + i++))
                        .user("f:ldap:" + i)
                        .build();
                Session other = SampleSession.of(new SessionId(0, kind, flag, "s" + i++))
                        .user("u" + i)
                        .unlimited()
                        .device(Device.UNKNOWN)
                        .broker("gone", "")
                        .clients("uuid-gone", "uuid-cli")
                        .build();
                world.add(plain, other);
            }
        }
        for (String path : List.of("/users", "/sessions")) {
            JsonNode list = tree(world.call("GET", path).body());
            List<String> problems = new ArrayList<>();
            inspect(list, path, problems);
            assertThat(problems).isEmpty();
            assertThat(list.elements().next()).hasSize(12);
        }
    }

    private static void inspect(JsonNode node, String at, List<String> problems) {
        node.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            String text = value.textValue();
            if (value.isNull() && !NULLABLE.contains(name)) {
                problems.add(at + "." + name + " is null");
            }
            if (text != null && name.endsWith("_at") && !text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")) {
                problems.add(at + "." + name + " is no time: " + text);
            }
            if (text != null && (name.equals("uri") || name.equals("public_url"))) {
                if (!URI.create(text).isAbsolute()) {
                    problems.add(at + "." + name + " is not absolute: " + text);
                }
            }
            if (text != null && name.equals("id") && !text.matches("[A-Za-z0-9_-]+")) {
                problems.add(at + "." + name + " is no id: " + text);
            }
            inspect(value, at + "." + name, problems);
        });
        if (node.isArray()) {
            node.elements().forEachRemaining(element -> inspect(element, at + "[]", problems));
        }
    }
}
