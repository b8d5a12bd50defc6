package dev.identities.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Progress;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Signs the people of the demo in, each with devices of their own, through Keycloak's real pages. */
final class SignIns {

    private static final String PASSWORD = "demo";

    /** As the realm file sets them; Keycloak lists sessions for a while after they are over. */
    private static final Duration IDLE = Duration.ofHours(8);

    private static final Duration LIFESPAN = Duration.ofHours(24);

    /** Whose session is kept in files for trying out revocation: that on the first of the two devices. */
    private static final String SAVED = "alice.martin";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Visit> VISITS = List.of(
            Visit.of(SAVED, Device.WINDOWS_CHROME, "192.0.2.10", "wiki", "mail", "payroll"),
            Visit.of(SAVED, Device.IPHONE, "203.0.113.77", "mail"),
            Visit.of("bjorn.askildsen", Device.LINUX_FIREFOX, "198.51.100.23", "wiki")
                    .remembered(),
            Visit.of("zofia.wojcik", Device.MAC_SAFARI, "192.0.2.41", "payroll", "wiki"),
            Visit.of("li.na", Device.PIXEL, "2001:db8:1::5", "field-service").offline(),
            Visit.of("yusuf.alotaibi", Device.WINDOWS_EDGE, "203.0.113.9", "mail"),
            Visit.of("noa.levi", Device.IPAD, "198.51.100.80", "wiki"),
            Visit.of("maximiliana", Device.MAC_CHROME, "2001:db8:2::1", "wiki", "mail"),
            Visit.of("khai.nguyen", Device.GALAXY, "203.0.113.140", "field-service", "mail"),
            Visit.of("dana.fox", Device.CHROMEBOOK, "198.51.100.150", "wiki").brokered(),
            Visit.of("emil.hart", Device.WINDOWS_FIREFOX, "192.0.2.200", "payroll")
                    .brokered());

    private final Realm realm;
    private final Path sessionFile;
    private final Path tokenFile;

    SignIns(Realm realm, Path folder) {
        this.realm = realm;
        this.sessionFile = folder.resolve("browser.json");
        this.tokenFile = folder.resolve("refresh-token");
    }

    /** One browser, and the applications that are visited with it, the first one with the login form. */
    private record Visit(
            String username,
            Device device,
            String address,
            List<String> apps,
            boolean rememberMe,
            boolean offlineAccess,
            boolean isBrokered) {

        static Visit of(String username, Device device, String address, String... apps) {
            return new Visit(username, device, address, List.of(apps), false, false, false);
        }

        Visit remembered() {
            return new Visit(username, device, address, apps, true, offlineAccess, isBrokered);
        }

        Visit offline() {
            return new Visit(username, device, address, apps, rememberMe, true, isBrokered);
        }

        Visit brokered() {
            return new Visit(username, device, address, apps, rememberMe, offlineAccess, true);
        }
    }

    /** Signs in those who have no live session, and answers the session that is kept in files. */
    Saved signIn() throws IOException {
        Set<String> absent = new HashSet<>();
        for (String username : VISITS.stream().map(Visit::username).distinct().toList()) {
            if (!isSignedIn(username)) {
                absent.add(username);
            }
        }
        for (Visit visit : VISITS) {
            if (absent.contains(visit.username())) {
                signIn(visit);
            }
        }
        if (!Files.exists(sessionFile) || !isLive(saved())) {
            signIn(VISITS.get(0));
        }
        return saved();
    }

    private boolean isSignedIn(String username) {
        String id = realm.userId(username);
        Stream<JsonNode> offline = VISITS.stream()
                .filter(visit -> visit.username().equals(username) && visit.offlineAccess())
                .flatMap(visit -> realm.offlineSessions(id, visit.apps().get(0)).stream());
        return realm.sessions(id).stream().anyMatch(SignIns::isLive)
                || offline.findAny().isPresent();
    }

    private boolean isLive(Saved saved) {
        return realm.sessions(realm.userId(saved.username())).stream()
                .anyMatch(session -> session.get("id").asText().equals(saved.sessionId()) && isLive(session));
    }

    private static boolean isLive(JsonNode session) {
        Instant now = Instant.now();
        return Instant.ofEpochMilli(session.get("lastAccess").asLong()).isAfter(now.minus(IDLE))
                && Instant.ofEpochMilli(session.get("start").asLong()).isAfter(now.minus(LIFESPAN));
    }

    private void signIn(Visit visit) throws IOException {
        Progress.say("Signing in %s from %s", visit.username(), visit.address());
        Browser browser = new Browser(visit.device().userAgent(), visit.address());
        SignIn how = SignIn.as(visit.username(), PASSWORD);
        if (visit.rememberMe()) {
            how = how.remembered();
        }
        if (visit.isBrokered()) {
            how = how.through("partner");
        }
        List<String> scopes = visit.offlineAccess() ? List.of("offline_access") : List.of();
        App first = app(visit.apps().get(0));
        Tokens tokens = browser.signIn(first, how, scopes.toArray(String[]::new));
        List<String> others = new ArrayList<>(visit.apps());
        others.remove(0);
        for (String other : others) {
            if (browser.visit(app(other)).isEmpty()) {
                throw new IllegalStateException("No single sign-on to " + other);
            }
        }
        if (visit.equals(VISITS.get(0))) {
            save(visit, tokens, browser);
        }
    }

    private App app(String clientId) {
        String host = clientId.equals("field-service") ? "field" : clientId;
        String secret = clientId.equals("field-service") ? "" : clientId + "-demo-secret";
        return new App(
                realm.admin().server(), realm.name(), clientId, secret, "https://" + host + ".acme.example/callback");
    }

    private void save(Visit visit, Tokens tokens, Browser browser) throws IOException {
        Map<String, Object> session = Map.of(
                "username", visit.username(),
                "sessionId", tokens.sessionId(),
                "refreshToken", tokens.refreshToken(),
                "cookies", browser.cookies());
        Files.writeString(tokenFile, tokens.refreshToken());
        Files.writeString(sessionFile, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(session));
    }

    private Saved saved() throws IOException {
        JsonNode session = JSON.readTree(sessionFile.toFile());
        String username = session.get("username").asText();
        String number = realm.admin()
                .get(realm.path("/users/" + realm.userId(username)))
                .at("/attributes/employeeNumber/0")
                .asText();
        return new Saved(username, number, session.get("sessionId").asText(), tokenFile);
    }
}
