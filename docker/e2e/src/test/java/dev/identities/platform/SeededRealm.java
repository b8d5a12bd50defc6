package dev.identities.platform;

import dev.identities.e2e.Http;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Realm;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A realm with the same people and sessions on every database: many sessions of one second, ids and names that databases
 * do not sort alike, and rows that no list may show.
 */
record SeededRealm(Realm realm, Http api, List<SeededSession> sessions) {

    static final String PARTNER = "partner";

    /** Of which every list has several pages. */
    private static final int PEOPLE = 60;

    private static final int SESSIONS = 300;

    /** The number of somebody who has sessions and no e-mail address. */
    private static final int WITHOUT_EMAIL = 3;

    private static final String[] NAMES = {
        "anna", "Ärnst", "bjørn", "Çelik", "MÜLLER", "Zoë", "7up", "under_score", "o-neil", "dot.ted", "at@home", "Øre"
    };

    /** Long enough ago for every session to be over. */
    private static final int LONG_AGO = 40 * 24 * 60 * 60;

    static SeededRealm create(Store store) throws SQLException {
        Random random = new Random(5);
        List<Map<String, Object>> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(person(new UUID(random.nextLong(), random.nextLong()).toString(), i));
        }
        Realm realm = Realm.create(
                new AdminClient(store.keycloak()),
                "seeded",
                // Long enough for the slowest run.
                Map.of("users", people, "ssoSessionIdleTimeout", 36_000, "ssoSessionMaxLifespan", 360_000));
        realm.identityProvider(PARTNER, Realm.create(realm.admin(), "seeded-partner", Map.of()), Map.of());
        List<String> ids =
                people.stream().map(person -> person.get("id").toString()).toList();
        for (String linked : ids.subList(0, PEOPLE / 3)) {
            realm.admin()
                    .post(
                            realm.path("/users/" + linked + "/federated-identity/" + PARTNER),
                            Map.of("userId", "external-" + linked, "userName", linked));
        }
        App siem = realm.program("siem");
        SeededRealm seeded = new SeededRealm(
                realm,
                Http.ngrok(store.keycloak().url(), realm.name(), siem.apiKey()),
                sessions(random, ids.subList(0, PEOPLE - 5)));
        try (Connection connection = store.connect()) {
            SeededSession.insert(connection, seeded.id(), seeded.sessions);
            SeededSession.insert(connection, seeded.id(), over(random, ids));
            SeededSession.insert(connection, "another-realm", sessions(random, ids));
        }
        return seeded;
    }

    /** Names in whose order no two databases agree, each with the number before it: then they do. */
    private static Map<String, Object> person(String id, int i) {
        String name = NAMES[i % NAMES.length];
        Map<String, Object> person = new HashMap<>();
        person.put("id", id);
        person.put("username", String.format("crowd%02d-%s", i, name));
        if (i != WITHOUT_EMAIL) {
            person.put("email", "mail" + i + "@crowd.example");
        }
        person.put("firstName", name);
        person.put("lastName", (i % 2 == 0 ? "Groß" : "GROSS") + i);
        person.put("enabled", true);
        return person;
    }

    private static List<SeededSession> sessions(Random random, List<String> users) {
        int now = (int) Instant.now().getEpochSecond();
        List<SeededSession> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            int user = random.nextInt(users.size());
            SeededSession session = new SeededSession(
                    sid(random),
                    random.nextInt(8) == 0,
                    users.get(user),
                    // Few different seconds, so that many have the same.
                    now - 3_600 * (1 + random.nextInt(5)),
                    now - 600 * random.nextInt(4),
                    new Boolean[] {false, false, true, null}[random.nextInt(4)],
                    Optional.of(PARTNER).filter(alias -> user < PEOPLE / 3 && random.nextBoolean()));
            sessions.add(session);
            if (random.nextInt(10) == 0) {
                sessions.add(twin(session));
            }
        }
        return List.copyOf(sessions);
    }

    private static SeededSession twin(SeededSession session) {
        return new SeededSession(
                session.sid(),
                !session.offline(),
                session.userId(),
                session.createdOn(),
                session.lastRefresh(),
                session.rememberMe(),
                session.identityProvider());
    }

    private static List<SeededSession> over(Random random, List<String> users) {
        int then = (int) Instant.now().getEpochSecond() - LONG_AGO;
        return users.stream()
                .map(user ->
                        new SeededSession(sid(random), random.nextBoolean(), user, then, then, false, Optional.empty()))
                .toList();
    }

    /** Of the form of Keycloak's: the same letters, small and capital, digits and both signs. */
    static String sid(Random random) {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    Set<String> signedIn() {
        return sessions.stream().map(SeededSession::userId).collect(Collectors.toSet());
    }

    /** Who came through the identity provider in one of their sessions. */
    Set<String> throughPartner() {
        return sessions.stream()
                .filter(session -> session.identityProvider().isPresent())
                .map(SeededSession::userId)
                .collect(Collectors.toSet());
    }

    /** Users in the order of the sessions at which they stand. */
    List<String> byActivity(Set<String> users) {
        Map<String, SeededSession> standing = sessions.stream()
                .collect(Collectors.toMap(
                        SeededSession::userId, Function.identity(), BinaryOperator.minBy(SeededSession.OF_ONE_USER)));
        return standing.values().stream()
                .filter(session -> users.contains(session.userId()))
                .sorted(SeededSession.LAST_ACTIVE_FIRST)
                .map(SeededSession::userId)
                .toList();
    }

    /** The realm's id in the database. */
    String id() {
        return realm.admin().get(realm.path("")).get("id").asText();
    }
}
