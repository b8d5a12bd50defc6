package dev.identities.filter;

import dev.identities.session.Application;
import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Device;
import dev.identities.session.Grant;
import dev.identities.session.Identity;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import dev.identities.signal.Evidence;
import dev.identities.signal.Signal;
import dev.identities.signal.SignalCode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Random sessions and identities of few different values, so that random filters often match some of them. */
final class Population {

    private static final String[] USERS = {
        Sample.JANE, "0f1e2d3c-0000-4000-8000-000000000002", "f:ldap:jöns", "f:ldap:x", "gone", "xavier"
    };
    private static final String[] ADDRESSES = {
        "10.7.3.1",
        "10.7.3.12",
        "10.70.3.1",
        "110.7.3.1",
        "::ffff:10.7.3.1",
        "[::FFFF:a07:301]",
        "0:0:0:0:0:ffff:10.7.3.1",
        "2001:db8::7",
        "[2001:DB8:0::7]",
        "fe80::1%eth0",
        "unknown",
        "10.7.3",
        ""
    };
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
        "curl/8.5.0",
        "say \"hi\" \\ ",
        "Zoë's \uFF5E browser \uD83D\uDE00 1",
        ""
    };
    private static final String[] ALIASES = {"google", "azure-ad", "über", ""};
    private static final String[] PROTOCOLS = {"openid-connect", "saml", ""};
    private static final String[] CLIENTS = {"uuid-wiki", "uuid-mail", "uuid-shop", "uuid-hidden"};

    private final Random random;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Identity> identities = new ArrayList<>();
    private final Map<UserId, List<Session>> recent = new HashMap<>();
    private final Sample.Around around = Sample.around();

    Population(Random random, int size) {
        this.random = random;
        surround();
        for (int made = 0; made < size; made++) {
            Session session = session(one(USERS));
            sessions.add(session);
            around.signals.put(session.id(), signals());
        }
        for (String user : USERS) {
            List<Session> own = new ArrayList<>();
            for (int session = 0; session <= random.nextInt(4); session++) {
                own.add(session(user));
            }
            own.sort((one, other) -> other.lastActive().compareTo(one.lastActive()));
            identities.add(Sample.identity(own.toArray(Session[]::new)));
            recent.put(new UserId(user), own);
            Map<SessionId, List<Signal>> signals = new LinkedHashMap<>();
            own.forEach(session -> signals.put(session.id(), signals()));
            around.userSignals.put(new UserId(user), signals);
        }
    }

    List<Session> sessions() {
        return sessions;
    }

    List<Identity> identities() {
        return identities;
    }

    /** The sessions of one of the identities. */
    List<Session> sessionsOf(Identity identity) {
        return recent.get(identity.userId());
    }

    Surroundings around() {
        return around;
    }

    List<Scope> sessionScopes() {
        return sessions.stream().map(session -> Scope.of(session, around)).toList();
    }

    List<Scope> identityScopes() {
        return identities.stream().map(identity -> Scope.of(identity, around)).toList();
    }

    private void surround() {
        around.people.put(USERS[1], new Person("Zoë", "", "Zoë \uD83D\uDE00", false, Optional.empty()));
        around.people.put(
                USERS[2], new Person("jöns", "j@x.example", "J\uFF5Ens", true, Optional.of(Instant.ofEpochMilli(999))));
        around.people.put(USERS[3], new Person("usr_0", "a\"b@x.example", "\uD83D\uDE00", true, Optional.empty()));
        around.people.put(USERS[5], new Person("xavier", "jane@example.com", "jane", true, Optional.empty()));
        around.applications.put(
                "uuid-shop",
                new Application("a shop/\"1\"", "Zoë's", Optional.of(URI.create("https://shop.example/x"))));
        around.places.put("10.7.3.12", new Place("FR", null, null, null, null, "Country", null));
        around.places.put("2001:db8::7", new Place("VN", "Hà Nội", -21.03, 105.85, 0, "City", null));
        around.impersonators.put(Sample.JANE, around.people.get(Sample.JANE));
        around.callerSid = Optional.of("sid-0");
        around.manage = false;
    }

    private Session session(String user) {
        Instant started = Sample.NOW.minusSeconds(random.nextInt(10) * 100_000L);
        Instant active = started.plusSeconds(random.nextInt(10) * 10_000L);
        RememberMe rememberMe = one(RememberMe.values());
        String agent = one(AGENTS);
        return new Session(
                new SessionId(
                        started.getEpochSecond(), one(SessionKind.values()), rememberMe, "sid-" + random.nextInt(8)),
                new UserId(user),
                started,
                started,
                active,
                active.plusSeconds(1_800),
                random.nextBoolean() ? Optional.empty() : Optional.of(started.plusMillis(86_400_500)),
                one(ADDRESSES),
                new Device(
                        agent,
                        one("Firefox", "curl", ""),
                        one("128.0", "8"),
                        one("Desktop", "Bot", ""),
                        one("Linux", ""),
                        ""),
                one(PROTOCOLS),
                rememberMe == RememberMe.UNKNOWN ? random.nextBoolean() : rememberMe == RememberMe.YES,
                random.nextBoolean() ? Optional.empty() : Optional.of(one(Grant.values())),
                Optional.of(one(ALIASES))
                        .filter(alias -> !alias.isEmpty())
                        .map(alias -> new Broker(alias, one("e1", ""))),
                random.nextBoolean() ? Optional.empty() : Optional.of(new UserId(one(USERS))),
                List.of(),
                clients(started));
    }

    private List<Signal> signals() {
        return Stream.of(
                        new Signal(
                                SignalCode.IMPOSSIBLE_TRAVEL,
                                new Evidence(
                                        new SessionId(1, SessionKind.ONLINE, RememberMe.NO, "sid-1"),
                                        random.nextInt(3) * 1_000L,
                                        60L,
                                        random.nextInt(3) * 900L,
                                        null,
                                        null,
                                        null,
                                        null)),
                        new Signal(SignalCode.IMPERSONATED, Evidence.NONE),
                        new Signal(SignalCode.NEW_COUNTRY, country(one("DE", "FR"))),
                        new Signal(SignalCode.OTHER_COUNTRY, country(one("DE", "VN"))),
                        new Signal(
                                SignalCode.NEW_DEVICE,
                                new Evidence(
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        one("Desktop Linux", "Mobile"),
                                        List.of("Desktop \"Zoë\""),
                                        null)),
                        new Signal(
                                SignalCode.OLD_OFFLINE,
                                new Evidence(null, null, null, null, null, null, null, 30L + random.nextInt(3))))
                .filter(signal -> random.nextInt(3) == 0)
                .toList();
    }

    private Evidence country(String code) {
        return new Evidence(null, null, null, null, code, null, List.of("AT", one("CH", "PL")), null);
    }

    private List<ClientUse> clients(Instant started) {
        List<String> clients = new ArrayList<>(Arrays.asList(CLIENTS));
        Collections.shuffle(clients, random);
        return clients.subList(0, random.nextInt(3)).stream()
                .map(uuid -> new ClientUse(uuid, started, started.plusSeconds(random.nextInt(5) * 10_000L)))
                .sorted(ClientUse.LATEST_FIRST)
                .toList();
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
