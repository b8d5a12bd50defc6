package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ngrok.DefaultNgrokApiClient;
import com.ngrok.Ngrok;
import com.ngrok.definitions.Location;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Places, by the location database of the shared server. */
class PlaceIT {

    private static final SignIn NINA = SignIn.as("nina", "nina-password");

    private static App wiki;
    private static App siem;
    private static Http api;

    @BeforeAll
    static void realm() {
        Realm realm = Testbed.realm("places");
        wiki = realm.client("wiki");
        realm.user("nina", "nina-password");
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
}
