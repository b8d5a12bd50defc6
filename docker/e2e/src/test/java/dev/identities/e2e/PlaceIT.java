package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ngrok.DefaultNgrokApiClient;
import com.ngrok.Ngrok;
import com.ngrok.definitions.Location;
import dev.identities.cluster.Waiting;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Places, by the location database of the shared server. */
class PlaceIT {

    private static final SignIn NINA = SignIn.as("nina", "nina-password");

    private static Realm realm;
    private static App wiki;
    private static App siem;
    private static Http api;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("places");
        wiki = realm.client("wiki");
        realm.user("nina", "nina-password");
        realm.user("otto", "otto-password");
        realm.user("pia", "pia-password");
        siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users");
        api = Http.ngrok(Testbed.server().url(), "places", siem.apiKey());
    }

    private static JsonNode location(String address) {
        Tokens tokens = new Browser(Browser.DESKTOP, address).signIn(wiki, NINA);
        return api.get("/sessions/" + tokens.sessionId()).json().at("/browser_session/location");
    }

    @Test
    @DisplayName("an address in the database has a place, in types that ngrok's client reads")
    void known() throws Exception {
        JsonNode berlin = location(Places.BERLIN);
        assertThat(berlin.get("country_code").asText()).isEqualTo("DE");
        assertThat(berlin.get("latitude").isNumber()).isTrue();
        assertThat(berlin.get("latitude").asDouble()).isEqualTo(52.52);
        assertThat(berlin.get("lat_long_radius_km").isInt()).isTrue();
        assertThat(location(Places.TOKYO_IPV6).get("country_code").asText()).isEqualTo("JP");

        Tokens tokens = new Browser(Browser.DESKTOP, Places.BERLIN).signIn(wiki, NINA);
        Location location = new Ngrok(DefaultNgrokApiClient.newBuilder(siem.apiKey())
                        .baseUri(URI.create(Testbed.server().url() + "/realms/places"))
                        .build())
                .applicationSessions()
                .get(tokens.sessionId())
                .blockingCall()
                .getBrowserSession()
                .getLocation()
                .orElseThrow();
        assertThat(location.getCountryCode()).contains("DE");
        assertThat(location.getLatLongRadiusKm()).contains(20L);
    }

    @Test
    @DisplayName("behind a proxy that sends a port Keycloak records brackets: the place is that of the address")
    void brackets() {
        Tokens tokens = new Browser(Browser.DESKTOP, "[" + Places.TOKYO_IPV6 + "]:4711").signIn(wiki, NINA);
        JsonNode session = api.get("/sessions/" + tokens.sessionId()).json().get("browser_session");
        assertThat(session.get("recorded_ip_address").asText()).isEqualTo("[" + Places.TOKYO_IPV6 + "]");
        assertThat(session.get("ip_address").asText()).isEqualTo(Places.TOKYO_IPV6);
        assertThat(session.at("/location/country_code").asText()).isEqualTo("JP");
        assertThat(session.at("/location/attribution").asText()).isEqualTo("IP Geolocation by DB-IP");
    }

    @Test
    @DisplayName("unknown and private addresses have none")
    void unknown() {
        assertThat(location("198.51.100.1").isNull()).isTrue();
        assertThat(location("10.1.2.3").isNull()).isTrue();
        assertThat(location("127.0.0.1").isNull()).isTrue();
    }

    private static JsonNode signIn(String user, String agent, String address) {
        Tokens tokens = new Browser(agent, address).signIn(wiki, SignIn.as(user, user + "-password"));
        return api.get("/sessions/" + tokens.sessionId()).json();
    }

    /** Sessions begin in whole seconds, and only an earlier one makes a country new, or a journey slow enough. */
    private static void awaitNextSecond(JsonNode session) throws InterruptedException {
        Waiting.pastSecondOf(Instant.parse(session.get("created_at").asText()));
    }

    private static List<String> signals(JsonNode resource) {
        List<String> codes = new ArrayList<>();
        resource.get("signals").forEach(code -> codes.add(code.asText()));
        return codes;
    }

    private static JsonNode inList(String list, String member, JsonNode resource) {
        for (JsonNode item : api.get(list).json().get(member)) {
            if (item.get("id").equals(resource.get("id"))) {
                return item;
            }
        }
        throw new AssertionError(resource + " is not in " + list);
    }

    @Test
    @DisplayName("a sign-in from two countries at once has signals, on the session and on the person, in every call")
    void twoCountries() throws InterruptedException {
        JsonNode home = signIn("otto", Browser.DESKTOP, Places.BERLIN);
        assertThat(signals(home)).isEmpty();
        assertThat(home.has("signal_details")).isFalse();

        awaitNextSecond(home);
        JsonNode away = signIn("otto", Browser.PHONE, Places.TOKYO);

        assertThat(signals(away)).containsExactly("impossible_travel", "new_country", "other_country", "new_device");
        JsonNode travel = away.at("/signal_details/impossible_travel");
        assertThat(travel.get("other_session_id")).isEqualTo(home.get("id"));
        assertThat(travel.get("distance_km").asLong()).isBetween(8_840L, 8_856L);
        assertThat(away.at("/signal_details/new_country/country").asText()).isEqualTo("JP");
        assertThat(away.at("/signal_details/new_device/others/0").asText()).startsWith("Desktop ");

        String person = home.at("/application_user/id").asText();
        assertThat(inList("/sessions", "application_sessions", away).get("signals"))
                .isEqualTo(away.get("signals"));
        JsonNode own = inList("/users/" + person + "/sessions", "application_sessions", home);
        assertThat(signals(own)).containsExactly("impossible_travel", "other_country");
        JsonNode user = api.get("/users/" + person).json();
        assertThat(signals(user)).isEqualTo(signals(away));
        assertThat(user.at("/signal_details/new_country/session_id")).isEqualTo(away.get("id"));
        assertThat(inList("/users", "application_users", user).get("signals")).isEqualTo(user.get("signals"));
    }

    @Test
    @DisplayName("a new limit of the realm for the speed of travel holds at once, in both directions")
    void speed() throws InterruptedException {
        realm.user("rosa", "rosa-password");
        JsonNode berlin = signIn("rosa", Browser.DESKTOP, Places.BERLIN);
        awaitNextSecond(berlin);
        JsonNode near = signIn("rosa", Browser.DESKTOP, Places.NEAR_BERLIN);
        String path = "/sessions/" + near.get("id").asText();
        assertThat(signals(near)).containsExactly("impossible_travel");

        realm.attribute("identities.signals-max-speed-kmh", "100000");
        try {
            assertThat(signals(api.get(path).json())).isEmpty();
            assertThat(signals(inList("/sessions", "application_sessions", near)))
                    .isEmpty();
        } finally {
            realm.attribute("identities.signals-max-speed-kmh", null);
        }
        assertThat(signals(api.get(path).json())).containsExactly("impossible_travel");
    }

    @Test
    @DisplayName("a session that an administrator began in a person's place says so, and makes no other signal")
    void impersonated() {
        String sara = realm.user("sara", "sara-password");
        JsonNode own = signIn("sara", Browser.DESKTOP, Places.BERLIN);

        new Browser(Browser.PHONE, Places.TOKYO).impersonate(realm.admin(), "places", sara);

        JsonNode taken = api.get("/sessions?filter=" + Http.encode("\"impersonated\" in obj.signals"))
                .json()
                .get("application_sessions");
        assertThat(taken).hasSize(1);
        assertThat(taken.at("/0/application_user/id").asText()).isEqualTo("usr_" + sara);
        assertThat(taken.at("/0/browser_session/location/country_code").asText())
                .isEqualTo("JP");
        assertThat(signals(taken.get(0))).containsExactly("impersonated");
        assertThat(taken.get(0).has("signal_details")).isFalse();
        assertThat(signals(api.get("/sessions/" + own.get("id").asText()).json()))
                .isEmpty();
        assertThat(signals(api.get("/users/" + sara).json())).containsExactly("impersonated");
    }

    @Test
    @DisplayName("a private address and an unknown one signal nothing")
    void noSignal() {
        JsonNode first = signIn("pia", Browser.DESKTOP, "10.1.2.3");
        assertThat(signals(signIn("pia", Browser.DESKTOP, Places.TOKYO))).isEmpty();
        assertThat(signals(signIn("pia", Browser.DESKTOP, "198.51.100.1"))).isEmpty();
        assertThat(signals(api.get("/sessions/" + first.get("id").asText()).json()))
                .isEmpty();
    }
}
