package dev.identities.filter;

import dev.identities.session.SessionKind;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a store may leave out before the filter itself decides. It only ever widens: all that matches the filter meets
 * every condition here, and much that meets them need not match. A store may ignore any of them.
 *
 * <p>For a filter of sessions each condition is on the session. For a filter of users {@code lastActive} and
 * {@code people} are on the user; {@code clients} and {@code needles} say of each of their groups that one of the
 * user's sessions meets it, not necessarily the same session; the rest is open.
 *
 * @param impossible nothing matches; the other members then say nothing
 * @param created when the session was created
 * @param lastActive when it was last active
 * @param kinds only these; never empty unless impossible
 * @param rememberMe only these values; a row whose value is unknown stays in
 * @param sids only these ids of Keycloak; empty when any
 * @param people a conjunction: of each group, the account meets at least one term. A group is never empty
 * @param clients a conjunction: of each group, the session reached at least one application of this client id. Client
 *     ids are untrusted and need not exist
 * @param needles a conjunction: of each group, the stored data contains at least one
 */
public record Narrowing(
        boolean impossible,
        Seconds created,
        Seconds lastActive,
        Set<SessionKind> kinds,
        Set<Boolean> rememberMe,
        Optional<Set<String>> sids,
        List<Set<PersonTerm>> people,
        List<Set<String>> clients,
        List<Set<Needle>> needles) {

    /**
     * The most needles in a group, because the database searches its data for each. What {@link Needle} adds for
     * forms of IPv4 addresses is not counted.
     */
    static final int MAX_NEEDLES = 3;

    /**
     * Seconds since the epoch, both ends included. A time with a fraction widens to the whole second.
     *
     * @param from {@link Long#MIN_VALUE} when open
     * @param to {@link Long#MAX_VALUE} when open
     */
    public record Seconds(long from, long to) {

        static final Seconds ANY = new Seconds(Long.MIN_VALUE, Long.MAX_VALUE);

        /** Whether nothing is left out. */
        public boolean isAny() {
            return equals(ANY);
        }

        /** Whether a second is inside. */
        public boolean contains(long second) {
            return from <= second && second <= to;
        }

        private Seconds and(Seconds other) {
            return new Seconds(Math.max(from, other.from), Math.min(to, other.to));
        }

        private Seconds hull(Seconds other) {
            return new Seconds(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    /** Leaves nothing out. */
    static final Narrowing ANY = new Narrowing(
            false,
            Seconds.ANY,
            Seconds.ANY,
            Set.of(SessionKind.values()),
            Set.of(true, false),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of());

    /** Leaves everything out. */
    static final Narrowing NONE = new Narrowing(
            true, Seconds.ANY, Seconds.ANY, Set.of(), Set.of(), Optional.of(Set.of()), List.of(), List.of(), List.of());

    static Narrowing created(Seconds created) {
        return session(created, ANY.lastActive, ANY.kinds, ANY.rememberMe, ANY.sids);
    }

    static Narrowing lastActive(Seconds lastActive) {
        return session(ANY.created, lastActive, ANY.kinds, ANY.rememberMe, ANY.sids);
    }

    static Narrowing kinds(Set<SessionKind> kinds) {
        return session(ANY.created, ANY.lastActive, kinds, ANY.rememberMe, ANY.sids)
                .orNone();
    }

    static Narrowing rememberMe(boolean value) {
        return session(ANY.created, ANY.lastActive, ANY.kinds, Set.of(value), ANY.sids);
    }

    static Narrowing sids(Set<String> sids) {
        return session(ANY.created, ANY.lastActive, ANY.kinds, ANY.rememberMe, Optional.of(sids))
                .orNone();
    }

    static Narrowing people(Set<PersonTerm> group) {
        return groups(List.of(group), List.of(), List.of());
    }

    static Narrowing clients(Set<String> group) {
        return groups(List.of(), List.of(group), List.of());
    }

    static Narrowing needles(Set<Needle> group) {
        return searched(group) > MAX_NEEDLES ? ANY : groups(List.of(), List.of(), List.of(group));
    }

    /** By what a session's own columns say. */
    private static Narrowing session(
            Seconds created,
            Seconds lastActive,
            Set<SessionKind> kinds,
            Set<Boolean> rememberMe,
            Optional<Set<String>> sids) {
        return new Narrowing(false, created, lastActive, kinds, rememberMe, sids, ANY.people, ANY.clients, ANY.needles);
    }

    /** By groups of which each must be met. */
    private static Narrowing groups(
            List<Set<PersonTerm>> people, List<Set<String>> clients, List<Set<Needle>> needles) {
        return new Narrowing(
                false, ANY.created, ANY.lastActive, ANY.kinds, ANY.rememberMe, ANY.sids, people, clients, needles);
    }

    /** What is true of all that meets both. */
    Narrowing and(Narrowing other) {
        if (impossible || other.impossible) {
            return NONE;
        }
        return new Narrowing(
                        false,
                        created.and(other.created),
                        lastActive.and(other.lastActive),
                        intersection(kinds, other.kinds),
                        intersection(rememberMe, other.rememberMe),
                        sids.isPresent() && other.sids.isPresent()
                                ? Optional.of(intersection(sids.get(), other.sids.get()))
                                : sids.or(other::sids),
                        concatenation(people, other.people),
                        concatenation(clients, other.clients),
                        concatenation(needles, other.needles))
                .orNone();
    }

    /** What is true of all that meets one of them. */
    Narrowing or(Narrowing other) {
        if (impossible) {
            return other;
        }
        if (other.impossible) {
            return this;
        }
        return new Narrowing(
                false,
                created.hull(other.created),
                lastActive.hull(other.lastActive),
                union(kinds, other.kinds),
                union(rememberMe, other.rememberMe),
                sids.isPresent() && other.sids.isPresent()
                        ? Optional.of(union(sids.get(), other.sids.get()))
                        : Optional.empty(),
                alternatives(people, other.people),
                alternatives(clients, other.clients),
                alternatives(needles, other.needles).stream()
                        .filter(group -> searched(group) <= MAX_NEEDLES)
                        .toList());
    }

    private Narrowing orNone() {
        boolean none = created.from > created.to
                || lastActive.from > lastActive.to
                || kinds.isEmpty()
                || rememberMe.isEmpty()
                || sids.filter(Set::isEmpty).isPresent();
        return none ? NONE : this;
    }

    private static long searched(Set<Needle> group) {
        return group.stream()
                .filter(needle -> !Needle.MAPPED_ADDRESSES.contains(needle))
                .count();
    }

    /** One group that holds on either side; the smallest of each, because those leave out the most. */
    private static <T> List<Set<T>> alternatives(List<Set<T>> these, List<Set<T>> those) {
        return smallest(these)
                .flatMap(one -> smallest(those).map(other -> List.of(union(one, other))))
                .orElse(List.of());
    }

    private static <T> Optional<Set<T>> smallest(List<Set<T>> groups) {
        return groups.stream().min((one, other) -> Integer.compare(one.size(), other.size()));
    }

    private static <T> Set<T> intersection(Set<T> these, Set<T> those) {
        Set<T> both = new HashSet<>(these);
        both.retainAll(those);
        return Set.copyOf(both);
    }

    private static <T> Set<T> union(Set<T> these, Set<T> those) {
        Set<T> all = new LinkedHashSet<>(these);
        all.addAll(those);
        return Set.copyOf(all);
    }

    private static <T> List<T> concatenation(List<T> these, List<T> those) {
        return Stream.concat(these.stream(), those.stream()).distinct().toList();
    }

    /** The kinds whose name is one of these texts, or none of them. */
    static Set<SessionKind> kindsNamed(Set<?> texts, boolean wanted) {
        Set<SessionKind> kinds = EnumSet.noneOf(SessionKind.class);
        for (SessionKind kind : SessionKind.values()) {
            if (texts.contains(SessionFields.name(kind)) == wanted) {
                kinds.add(kind);
            }
        }
        return Set.copyOf(kinds);
    }
}
