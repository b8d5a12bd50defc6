package dev.identities.benchmark;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Filters;
import dev.identities.benchmark.Results.Load;
import dev.identities.benchmark.Results.Reading;
import dev.identities.benchmark.Results.Stage;
import dev.identities.benchmark.Results.Walk;
import dev.identities.listing.ActivityCursor;
import dev.identities.listing.Branch;
import dev.identities.session.RememberMe;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Everything that is measured with one number of sessions. */
final class Stages {

    private static final String REALM = "large";
    private static final String APP = "/realms/large/app";
    private static final String ADMIN = "/admin/realms/large";

    /** Different people in turn, as many at every size: not one that is in every cache. */
    private static final int PEOPLE = 100;

    /** Pages in turn. In a large realm their people have more sessions than the plugin remembers. */
    private static final int PLACES = 100;

    /** Until both compilers of the JVM have seen everything: else the first size would look slower than the last. */
    private static final int FIRST_WARM_UP = 2;

    /** After that only the database's pages are new. */
    private static final double WARM_UP = 0.2;

    /** Costly requests are measured so many times less often, because they take so many times longer. */
    private static final int COSTLY = 5;

    private static final Duration CROWD_TURN = Duration.ofSeconds(5);
    private static final int CROWD_TURNS = 3;

    private static final int PAIRS = 10;
    private static final int PAIRS_WARM_UP = 8;
    private static final int SESSIONS_OF_ONE = 1_000;
    private static final int SINGLE_PAIRS = 60;
    private static final int SINGLE_WARM_UP = 10;

    /** As many as a million sessions have people; with more sessions there are more. */
    private static final long ACCOUNTS = 100_000;

    /** Accounts that are not among those of the list, of which there are fewer than a million. Seven digits at most. */
    private static final long CROWDED = 4_000_000;

    private static final long SINGLES = 6_000_000;

    /** People with one session each. */
    private static final long LONERS = 8_000_000;

    private static final Duration PAGE_LIMIT = Duration.ofMinutes(5);
    private static final Duration SEARCH_LIMIT = Duration.ofMinutes(1);
    private static final int SMALL = 10_000;
    private static final int REPEATED = 5;

    private final Servers servers;
    private final Sql sql;
    private final Company other;
    private final Seed seed;
    private final Calls plugin;
    private final Calls otherPlugin;
    private final Calls helpDesk;
    private final Calls keycloak;
    private final Visitors visitors;
    private final Set<Part> parts;
    private final int rounds;

    private long sessions;
    private long accounts;
    private long crowded = CROWDED;
    private long singles = SINGLES;
    private int warmUp;

    /** Measures each kind of request so many times. */
    Stages(Servers servers, Sql sql, Company company, Company other, Seed seed, Set<Part> parts, int rounds)
            throws SQLException {
        this.parts = parts;
        this.rounds = rounds;
        this.warmUp = FIRST_WARM_UP * rounds;
        this.servers = servers;
        this.sql = sql;
        this.other = other;
        this.seed = seed;
        DistributionServer server = servers.plugged();
        this.plugin =
                new Calls(server.url(), () -> "Bearer " + company.program().apiKey());
        this.otherPlugin =
                new Calls(server.url(), () -> "Bearer " + other.program().apiKey());
        this.helpDesk =
                new Calls(server.url(), () -> "Basic " + company.program().apiKey());
        this.keycloak = new Calls(server.url(), bearer(servers.admin()::token));
        this.visitors = new Visitors(company, seed);
    }

    private static Calls.Authorization bearer(Supplier<String> token) {
        return () -> "Bearer " + token.get();
    }

    Stage at(long size) throws SQLException, InterruptedException {
        long needed = Math.max(ACCOUNTS, size / Seed.SESSIONS_PER_USER);
        if (needed > accounts) {
            seed.users(accounts + 1, needed);
            accounts = needed;
        }
        seed.sessions(
                size - sessions, sessions / Seed.SESSIONS_PER_USER + 1, (size - sessions) / Seed.SESSIONS_PER_USER);
        if (sessions == 0) {
            seed.users(LONERS + 1, LONERS + PEOPLE);
            seed.sessions(PEOPLE, LONERS + 1, PEOPLE);
        }
        sessions = size;
        sql.settle();
        // In this order: what Keycloak may still be at when nobody waits any more comes last.
        return new Stage(
                size,
                parts.contains(Part.READING) ? reading() : null,
                parts.contains(Part.FILTERS) ? filters() : null,
                parts.contains(Part.WALK) ? walk() : null,
                parts.contains(Part.REVOCATION) ? revocations() : Map.of(),
                parts.contains(Part.KEYCLOAK) ? keycloak(size) : Map.of());
    }

    private Reading reading() throws SQLException, InterruptedException {
        Progress.say("Reading of %,d sessions", sessions);
        Places places = places();
        Map<String, Runnable> reads = reads(places);
        Map<String, Runnable> searches = searches(places);
        Map<String, Figure> figures = figures(reads, warmUp, rounds);
        figures.putAll(figures(searches, warmUp / COSTLY, Math.max(1, rounds / COSTLY)));
        warmUp = (int) (WARM_UP * rounds);
        Map<String, List<Plans.Statement>> plans = plans(reads);
        plans.putAll(plans(searches));
        Progress.say("Reading by many");
        return new Reading(figures, loads(places), plans);
    }

    private Filters filters() throws SQLException, InterruptedException {
        Progress.say("Filtering");
        Filtering filtering = new Filtering(plugin, memory(), REALM);
        Map<String, Runnable> pages = filtering.pages(people(Seed::username));
        Map<String, List<Plans.Statement>> plans = plans(pages);
        plans.putAll(plans(filtering.firstOfAll()));
        return filtering.measure(
                pages, Math.max(1, FIRST_WARM_UP * rounds / COSTLY), Math.max(1, rounds / COSTLY), plans);
    }

    private Walk walk() throws SQLException {
        Progress.say("Walking through %,d sessions", sessions);
        return new WalkThrough(plugin, memory(), REALM).walk(seed.live());
    }

    private Memory memory() {
        return new Memory(servers.plugged().process());
    }

    private static Map<String, Figure> figures(Map<String, Runnable> requests, int warmUp, int rounds) {
        Contest contest = new Contest();
        requests.forEach(contest::enter);
        return contest.run(warmUp, rounds);
    }

    /** Places half way through each list, and people in the middle of it. */
    private record Places(
            Turn<String> sessions, Turn<String> users, Turn<String> active, Turn<String> people, Turn<String> names) {}

    private Places places() throws SQLException {
        String rows = " from offline_user_session where realm_id = '" + seed.realmId() + "'";
        long users = sessions / Seed.SESSIONS_PER_USER;
        String key = " || ' ' || offline_flag || ' ' || remember_me || ' ' || user_session_id";
        List<String> sessionPlaces = middle("created_on" + key, rows, "created_on desc", sessions).stream()
                .map(row -> row.split(" ", 4))
                .map(row -> new SessionId(Long.parseLong(row[0]), kind(row[1]), rememberMe(row[2]), row[3]).toString())
                .toList();
        List<String> userPlaces =
                middle("user_id", " from (select distinct user_id" + rows + ") people", "user_id desc", users).stream()
                        .map(id -> new UserId(id).toString())
                        .toList();
        // People stand where they were last active: half of them are met long before half of the rows.
        String latest =
                " from (select distinct on (user_id) *" + rows + " order by user_id, last_session_refresh desc) latest";
        List<String> activePlaces =
                middle("last_session_refresh" + key, latest, "last_session_refresh desc", users).stream()
                        .map(row -> row.split(" ", 4))
                        .map(row -> new ActivityCursor(
                                        Long.parseLong(row[0]), new Branch(kind(row[1]), rememberMe(row[2])), row[3])
                                .toString())
                        .toList();
        return new Places(
                Turn.of(sessionPlaces),
                Turn.of(userPlaces),
                Turn.of(activePlaces),
                Turn.of(ids(numbers())),
                people(Seed::username));
    }

    /** Places of a list, evenly from the half in its middle. */
    private List<String> middle(String place, String from, String order, long count) throws SQLException {
        long step = Math.max(1, count / 2 / PLACES);
        return sql.column("select place from (select " + place + " as place, row_number() over (order by " + order
                + ") as n" + from + ") numbered where n > " + count / 4 + " and n % " + step + " = 0 order by n limit "
                + PLACES);
    }

    /** People from everywhere among those of the list, in turn, under the name of each that is asked for. */
    private Turn<String> people(Function<Long, String> name) {
        return Turn.of(numbers().stream().map(name).toList());
    }

    private List<Long> numbers() {
        long users = sessions / Seed.SESSIONS_PER_USER;
        return LongStream.range(0, PEOPLE).mapToObj(i -> 1 + i * users / PEOPLE).toList();
    }

    private static SessionKind kind(String offlineFlag) {
        return offlineFlag.equals("1") ? SessionKind.OFFLINE : SessionKind.ONLINE;
    }

    private static RememberMe rememberMe(String column) {
        return column.equals("true") ? RememberMe.YES : RememberMe.NO;
    }

    private Map<String, Runnable> reads(Places places) {
        String limit = "limit=" + WalkThrough.LIMIT;
        Map<String, Runnable> reads = new LinkedHashMap<>();
        reads.put("cheapest", () -> keycloak.get("/realms/large"));
        reads.put("sessions, first page", () -> plugin.get(APP + "/sessions?" + limit));
        reads.put(
                "sessions, page at half depth",
                () -> plugin.get(APP + "/sessions?" + limit + "&before_id="
                        + places.sessions().take()));
        reads.put("users, first page", () -> plugin.get(APP + "/users?" + limit));
        reads.put(
                "users, page at half depth",
                () -> plugin.get(
                        APP + "/users?" + limit + "&before_id=" + places.users().take()));
        reads.put("users by activity, first page", () -> plugin.get(APP + "/users?order_by=last_active&" + limit));
        reads.put(
                "users by activity, page at half depth",
                () -> plugin.get(APP + "/users?order_by=last_active&" + limit + "&before_id="
                        + places.active().take()));
        reads.put(
                "sessions of the realm of 1,000 beside",
                () -> otherPlugin.get("/realms/" + other.realm().name() + "/app/sessions?" + limit));
        reads.put("Keycloak: sessions, first page", () -> keycloak.get(ADMIN + "/ui-ext/sessions?first=0&max=100"));
        reads.put(
                "sessions of one user",
                () -> plugin.get(APP + "/users/" + new UserId(places.people().take()) + "/sessions"));
        reads.put(
                "Keycloak: sessions of one user",
                () -> keycloak.get(ADMIN + "/users/" + places.people().take() + "/sessions"));
        String byUserKey = "/realms/large/pf-ws/rest/sessionMgmt/users/";
        reads.put(
                "ten sessions by user key",
                () -> helpDesk.get(byUserKey + places.names().take()));
        Turn<String> loners = Turn.of(LongStream.rangeClosed(LONERS + 1, LONERS + PEOPLE)
                .mapToObj(Seed::username)
                .toList());
        reads.put("one session by user key", () -> helpDesk.get(byUserKey + loners.take()));
        return reads;
    }

    /** Keycloak's search of accounts, which is in all of these, reads the whole table of them. */
    private Map<String, Runnable> searches(Places places) {
        String limit = "limit=" + WalkThrough.LIMIT;
        Map<String, Runnable> reads = new LinkedHashMap<>();
        reads.put(
                "search by user",
                () -> plugin.get(APP + "/users?search=" + places.names().take()));
        reads.put(
                "Keycloak: search of accounts",
                () -> keycloak.get(ADMIN + "/users?search=" + places.names().take()));
        // Seven digits are a whole name; without the last two it is the beginning of a hundred.
        reads.put(
                "search by prefix",
                () -> plugin.get(APP + "/users?" + limit + "&search="
                        + places.names().take().replaceFirst("..$", "")));
        reads.put("search for nobody", () -> plugin.get(APP + "/users?search=nobody-of-that-name"));
        reads.put("search by identity provider", () -> plugin.get(APP + "/users?identity_provider=partner&" + limit));
        reads.put(
                "Keycloak: accounts by identity provider",
                () -> keycloak.get(ADMIN + "/users?idpAlias=partner&max=100"));
        return reads;
    }

    private Map<String, List<Plans.Statement>> plans(Map<String, Runnable> reads)
            throws SQLException, InterruptedException {
        Plans plans = new Plans(sql, servers.database());
        Map<String, List<Plans.Statement>> found = new LinkedHashMap<>();
        for (Map.Entry<String, Runnable> read : reads.entrySet()) {
            if (!read.getKey().startsWith("Keycloak") && !read.getKey().equals("cheapest")) {
                found.put(read.getKey(), plans.of(read.getValue()));
            }
        }
        return found;
    }

    /** In turns, of which the first is not counted: so many at once are not what was warmed up by one. */
    private Map<String, Load> loads(Places places) {
        Runnable signIn = visitors::signIn;
        Map<String, Runnable> readers = new LinkedHashMap<>();
        readers.put(Load.PLUGIN, () -> page(places));
        readers.put(Load.KEYCLOAK, () -> keycloakPage(places));
        readers.values().forEach(read -> new Crowd(read, signIn).run(CROWD_TURN));
        Map<String, Crowd> crowds = new LinkedHashMap<>();
        readers.forEach((id, read) -> crowds.put(id, new Crowd(read, signIn)));
        for (int turn = 0; turn < CROWD_TURNS; turn++) {
            crowds.values().forEach(crowd -> crowd.run(CROWD_TURN));
        }
        Map<String, Load> loads = new LinkedHashMap<>();
        crowds.forEach((id, crowd) -> loads.put(id, crowd.load()));
        return loads;
    }

    private void page(Places places) {
        String limit = "limit=" + WalkThrough.LIMIT;
        switch (ThreadLocalRandom.current().nextInt(3)) {
            case 0 -> plugin.get(APP + "/sessions?" + limit);
            case 1 ->
                plugin.get(APP + "/sessions?" + limit + "&before_id="
                        + places.sessions().any());
            default -> plugin.get(APP + "/users/" + new UserId(places.people().any()) + "/sessions");
        }
    }

    /** As many lists and people as of the plugin, but no page further on: one takes Keycloak minutes. */
    private void keycloakPage(Places places) {
        if (ThreadLocalRandom.current().nextInt(3) < 2) {
            keycloak.get(ADMIN + "/ui-ext/sessions?first=0&max=100");
        } else {
            keycloak.get(ADMIN + "/users/" + places.people().any() + "/sessions");
        }
    }

    private Map<String, Figure> revocations() throws SQLException {
        Progress.say("Revoking");
        int many = 2 * (PAIRS_WARM_UP + PAIRS);
        int few = 3 * (SINGLE_WARM_UP + SINGLE_PAIRS);
        // Known before the clock runs: what is measured is one request.
        Turn<String> users = crowds(many);
        Turn<String> bare = crowds(many);
        for (String user : bare.values()) {
            sql.run("delete from offline_client_session c using offline_user_session s where s.user_id = '" + user
                    + "' and c.user_session_id = s.user_session_id and c.offline_flag = s.offline_flag");
        }
        seed.users(singles + 1, singles + few);
        seed.sessions(few, singles + 1, few);
        Turn<String> others = Turn.of(
                ids(LongStream.rangeClosed(singles + 1, singles + few).boxed().toList()));
        singles += few;
        sql.run("analyze offline_user_session", "analyze offline_client_session");
        Map<String, String> sessionOf = new HashMap<>();
        Map<String, String> flagOf = new HashMap<>();
        for (String user : others.values()) {
            String row = sql.value(
                    "select offline_flag || user_session_id from offline_user_session where user_id = '" + user + "'");
            sessionOf.put(user, row.substring(1));
            flagOf.put(user, Boolean.toString(row.charAt(0) == '1'));
        }
        Map<String, Figure> figures = new Contest()
                .enter("one session", () -> plugin.delete(APP + "/sessions/" + sessionOf.get(others.take())))
                .enter("Keycloak: one session", () -> {
                    String user = others.take();
                    keycloak.delete(ADMIN + "/sessions/" + sessionOf.get(user) + "?isOffline=" + flagOf.get(user));
                })
                .enter("Keycloak: log a user out who has one", () -> keycloak.post(logout(others.take())))
                .run(SINGLE_WARM_UP, SINGLE_PAIRS);
        figures.putAll(new Contest()
                .enter("a user with 1,000 sessions", () -> plugin.delete(APP + "/users/" + new UserId(users.take())))
                .enter("Keycloak: log a user out who has 1,000", () -> keycloak.post(logout(users.take())))
                .enter(
                        "a user with 1,000 sessions without applications",
                        () -> plugin.delete(APP + "/users/" + new UserId(bare.take())))
                .enter(
                        "Keycloak: log a user out who has 1,000 without applications",
                        () -> keycloak.post(logout(bare.take())))
                .run(PAIRS_WARM_UP, PAIRS));
        return figures;
    }

    /** So many new people, with 1,000 sessions each. */
    private Turn<String> crowds(int count) throws SQLException {
        List<Long> numbers =
                LongStream.rangeClosed(crowded + 1, crowded + count).boxed().toList();
        seed.users(crowded + 1, crowded + count);
        for (long number : numbers) {
            seed.sessions(SESSIONS_OF_ONE, number, 1);
        }
        crowded += count;
        return Turn.of(ids(numbers));
    }

    private List<String> ids(List<Long> numbers) throws SQLException {
        List<String> ids = new ArrayList<>();
        for (long number : numbers) {
            ids.add(seed.userId(number));
        }
        return ids;
    }

    private static String logout(String user) {
        return ADMIN + "/users/" + user + "/logout";
    }

    /** At the server without the plugin, which can be ended when it goes on with what nobody waits for. */
    private Map<String, Bounded> keycloak(long size) {
        Progress.say("Asking Keycloak for what may take minutes");
        Map<String, Bounded> found = new LinkedHashMap<>();
        int times = size <= SMALL ? REPEATED : 1;
        found.put(
                "Keycloak: sessions, page at half depth",
                bounded(times, PAGE_LIMIT, ADMIN + "/ui-ext/sessions?max=100&first=" + size / 2));
        found.put(
                "Keycloak: search of sessions by user",
                bounded(
                        times,
                        SEARCH_LIMIT,
                        ADMIN + "/ui-ext/sessions?first=0&max=100&search=" + Seed.username(size / 20)));
        found.put(
                "Keycloak: search of sessions that finds nothing",
                bounded(times, SEARCH_LIMIT, ADMIN + "/ui-ext/sessions?first=0&max=100&search=" + Addresses.NOBODYS));
        return found;
    }

    private Bounded bounded(int times, Duration limit, String path) {
        DistributionServer server = servers.stock();
        Calls stock = new Calls(server.url(), bearer(new AdminClient(server)::token));
        Samples samples = new Samples();
        for (int i = 0; i < times; i++) {
            Optional<Long> nanos = stock.within(limit, path);
            if (nanos.isEmpty()) {
                servers.endStock();
                return new Bounded(1, false, limit.toMillis(), limit.toSeconds());
            }
            samples.add(nanos.get());
        }
        return new Bounded(times, true, samples.median(), limit.toSeconds());
    }
}
