package dev.identities.listing;

import dev.identities.listing.RecentRows.Recent;
import dev.identities.listing.RecentRows.Visit;
import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Identity;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads identities with as little of Keycloak's JSON as possible. It reads the JSON of each person's latest session,
 * and of those sessions whose columns leave something open. The result is the same as if all recent sessions were read.
 *
 * <p>For one page of a list.
 */
public final class IdentityReader {

    private final RecentRows store;

    /** What was read; empty for a session that turned out to be over. */
    private final Map<SessionRef, Optional<Session>> read = new HashMap<>();

    public IdentityReader(RecentRows store) {
        this.store = store;
    }

    /** The identities of those users that have a live session, in the given order. */
    public List<Identity> identities(List<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        Map<UserId, List<Recent>> people = store.recent(users, SessionCatalog.RECENT_SESSIONS).stream()
                .collect(Collectors.groupingBy(
                        recent -> recent.row().userId(), LinkedHashMap::new, Collectors.toList()));
        read(people.values().stream().flatMap(this::open).toList());
        // The session after one that is over may not be read yet.
        for (List<Recent> latest = unreadLatest(people.values());
                !latest.isEmpty();
                latest = unreadLatest(people.values())) {
            read(latest);
        }
        Map<UserId, List<ClientUse>> uses = uses(people.values().stream()
                .flatMap(this::live)
                .filter(Predicate.not(this::isRead))
                .map(Recent::row)
                .toList());
        return users.stream()
                .filter(people::containsKey)
                .flatMap(user -> identity(user, people.get(user), uses.getOrDefault(user, List.of())).stream())
                .toList();
    }

    /** The rows of a person whose JSON is needed. */
    private Stream<Recent> open(List<Recent> rows) {
        // A sign-in later than this would change the latest one. A session that may be over does not count.
        long newest = rows.stream()
                .filter(recent -> recent.through().isPresent())
                .mapToLong(recent -> recent.row().id().createdOn())
                .max()
                .orElse(0);
        long signedIn = newest - store.longestSignIn().toSeconds();
        return rows.stream()
                .filter(recent -> recent.equals(rows.get(0))
                        || recent.through().isEmpty()
                        // Keycloak decides by its JSON whether such a session is live.
                        || recent.row().id().rememberMe() == RememberMe.UNKNOWN
                        || recent.row().lastActive() > signedIn);
    }

    private List<Recent> unreadLatest(Collection<List<Recent>> people) {
        return people.stream()
                .flatMap(rows -> live(rows).limit(1))
                .filter(Predicate.not(this::isRead))
                .toList();
    }

    private void read(List<Recent> rows) {
        rows.forEach(recent -> read.put(recent.row().ref(), Optional.empty()));
        store.sessions(rows.stream().map(Recent::row).toList())
                .forEach(session -> read.put(session.ref(), Optional.of(session)));
    }

    private boolean isRead(Recent recent) {
        return read.containsKey(recent.row().ref());
    }

    private Stream<Recent> live(List<Recent> rows) {
        return rows.stream().filter(recent -> !isRead(recent) || session(recent).isPresent());
    }

    private Optional<Session> session(Recent recent) {
        return read.getOrDefault(recent.row().ref(), Optional.empty());
    }

    private Optional<Identity> identity(UserId user, List<Recent> rows, List<ClientUse> others) {
        List<Recent> live = live(rows).toList();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        List<Session> sessions =
                live.stream().flatMap(recent -> session(recent).stream()).toList();
        Instant newest = live.stream()
                .map(IdentityReader::created)
                .max(Instant::compareTo)
                .orElseThrow();
        // Beyond the bound SQL has counted. Its count includes sessions of deleted identity providers.
        Recent any = live.get(0);
        boolean complete = any.sessions() <= SessionCatalog.RECENT_SESSIONS;
        return Optional.of(new Identity(
                user,
                complete ? live.size() : any.sessions(),
                complete
                        ? live.stream()
                                .map(IdentityReader::created)
                                .min(Instant::compareTo)
                                .orElseThrow()
                        : Instant.ofEpochSecond(any.oldest()),
                Stream.concat(Stream.of(newest), sessions.stream().map(Session::lastSignIn))
                        .max(Instant::compareTo)
                        .orElseThrow(),
                sessions.get(0).lastActive(),
                sessions.get(0),
                live.stream().map(this::through).distinct().toList(),
                ClientUse.merged(Stream.concat(
                        sessions.stream().flatMap(session -> session.clients().stream()), others.stream()))));
    }

    private static Instant created(Recent recent) {
        return Instant.ofEpochSecond(recent.row().id().createdOn());
    }

    private Optional<String> through(Recent recent) {
        Optional<Session> read = session(recent);
        return read.isPresent()
                ? read.get().broker().map(Broker::alias)
                : recent.through().orElseThrow().alias();
    }

    /** An application of one person. */
    private record Application(UserId user, String clientUuid) {

        static Application of(Visit visit) {
            return new Application(visit.row().userId(), visit.clientUuid());
        }
    }

    /**
     * The applications of rows that are not read. When a session first reached an application is in the JSON alone, and
     * only the earliest time of a person is shown. No application is reached before its session begins. So a session
     * that began after the earliest time that is known need not be read.
     */
    private Map<UserId, List<ClientUse>> uses(List<SessionRows.Row> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        List<Visit> visits = store.visits(rows);
        Map<Application, Instant> earliest = new HashMap<>();
        read.values().stream()
                .flatMap(Optional::stream)
                .forEach(session -> note(earliest, session.userId(), session.clients()));
        Map<Application, Visit> first = new HashMap<>();
        visits.forEach(visit -> first.merge(Application.of(visit), visit, IdentityReader::earlier));
        Map<SessionRef, List<ClientUse>> uses = new HashMap<>();
        uses.putAll(uses(first.values().stream(), earliest));
        uses.putAll(uses(
                visits.stream().filter(visit -> !uses.containsKey(visit.row().ref())), earliest));
        Map<UserId, List<ClientUse>> byUser = new HashMap<>();
        visits.stream().filter(visit -> !uses.containsKey(visit.row().ref())).forEach(visit -> byUser.computeIfAbsent(
                        visit.row().userId(), user -> new ArrayList<>())
                .add(new ClientUse(visit.clientUuid(), begin(visit), visit.lastActive())));
        uses.forEach((session, of) -> byUser.computeIfAbsent(session.userId(), user -> new ArrayList<>())
                .addAll(of));
        return byUser;
    }

    /** Reads the uses that may be earlier than what is known, and notes them. */
    private Map<SessionRef, List<ClientUse>> uses(Stream<Visit> visits, Map<Application, Instant> earliest) {
        List<SessionRows.Row> rows = visits.filter(
                        visit -> begin(visit).isBefore(earliest.getOrDefault(Application.of(visit), Instant.MAX)))
                .map(Visit::row)
                .distinct()
                .toList();
        if (rows.isEmpty()) {
            return Map.of();
        }
        Map<SessionRef, List<ClientUse>> uses = store.uses(rows);
        uses.forEach((session, of) -> note(earliest, session.userId(), of));
        return uses;
    }

    private static void note(Map<Application, Instant> earliest, UserId user, List<ClientUse> uses) {
        uses.forEach(use -> earliest.merge(
                new Application(user, use.clientUuid()),
                use.started(),
                (one, other) -> one.isBefore(other) ? one : other));
    }

    private static Visit earlier(Visit one, Visit other) {
        return Stream.of(one, other)
                .min(Comparator.comparing(IdentityReader::begin))
                .orElseThrow();
    }

    private static Instant begin(Visit visit) {
        return Instant.ofEpochSecond(visit.row().id().createdOn());
    }
}
