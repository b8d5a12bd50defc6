package dev.identities.keycloak.sessions;

import dev.identities.capture.SignInNotes;
import dev.identities.filter.Narrowing;
import dev.identities.filter.Needle;
import dev.identities.listing.Branch;
import dev.identities.listing.ListFilter;
import dev.identities.session.RememberMe;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.events.Details;
import org.keycloak.storage.StorageId;

/**
 * The part of a filter that the database can decide, as conditions on the rows {@code s} of user sessions. As in {@link
 * QueryConditions}, a condition never leaves out a row that is asked for.
 */
final class FilterConditions {

    /** The session reached one of some clients. */
    private static final String REACHED = " and exists (select 1 from PersistentClientSessionEntity c"
            + " where c.userSessionId = s.userSessionId and c.offline = s.offline and ";

    /** How Keycloak writes the members of its JSON; it puts no blanks between them. */
    private static final String ADDRESS = "\"ipAddress\":\"";

    private final Collation collation;

    FilterConditions(Collation collation) {
        this.collation = collation;
    }

    /** Whether a session of this branch can be asked for. */
    static boolean possible(ListFilter<?> filter, Branch branch) {
        Narrowing narrowing = filter.narrowing();
        return narrowing.kinds().contains(branch.kind())
                && (branch.rememberMe() == RememberMe.UNKNOWN
                        || narrowing.rememberMe().contains(branch.rememberMe() == RememberMe.YES));
    }

    /** Whether the table's key or the index by user gives all rows at once. */
    static boolean drives(ListFilter<?> filter) {
        return filter.users().isPresent() || filter.narrowing().sids().isPresent();
    }

    /** Whether the filter looks at applications, or for texts that this database finds. */
    boolean sweeps(ListFilter<?> filter) {
        return !filter.clients().isEmpty()
                || (finds() && !filter.narrowing().needles().isEmpty());
    }

    /** What an index or a few reads of one decide. */
    void add(HqlBuilder hql, ListFilter<?> filter) {
        Narrowing narrowing = filter.narrowing();
        addSeconds(hql, "s.createdOn", "created", narrowing.created());
        // "+ 0" as everywhere: with a bound on each time PostgreSQL expects next to no rows and sorts all of them.
        addSeconds(hql, "s.lastSessionRefresh + 0", "active", narrowing.lastActive());
        addUsers(hql, filter);
        narrowing.sids().ifPresent(sids -> in(hql, SessionTable.SID, sids));
        if (narrowing.kinds().size() == 1) {
            SessionKind only = narrowing.kinds().iterator().next();
            hql.add(" and s.offline = '" + SessionTable.flag(only) + "'");
        }
        if (narrowing.rememberMe().size() == 1) {
            boolean only = narrowing.rememberMe().contains(true);
            hql.add(" and (s.rememberMe = " + only + " or s.rememberMe is null)");
        }
        for (Set<String> uuids : filter.clients()) {
            // Keycloak stores the id of a client in two parts if the client is no row of its own client table.
            if (uuids.stream().allMatch(StorageId::isLocalStorage)) {
                hql.add(REACHED).in("c.clientId", List.copyOf(uuids)).add(")");
            }
        }
    }

    /**
     * For a list of people, which has each of them at one of their rows. So only what is true of every row of a person
     * may be asked for, or of their latest.
     */
    void addPeople(HqlBuilder hql, ListFilter<?> filter) {
        addUsers(hql, filter);
        Narrowing.Seconds active = filter.narrowing().lastActive();
        addSeconds(hql, "s.lastSessionRefresh + 0", "active", active);
    }

    private static void addUsers(HqlBuilder hql, ListFilter<?> filter) {
        filter.users()
                .ifPresent(users ->
                        in(hql, "s.userId", users.stream().map(UserId::value).toList()));
    }

    private static void in(HqlBuilder hql, String column, Collection<String> values) {
        hql.add(" and ").in(column, List.copyOf(values));
    }

    private static void addSeconds(HqlBuilder hql, String column, String name, Narrowing.Seconds seconds) {
        if (seconds.from() > 0) {
            hql.add(" and " + column + " >= :" + name + "From", name + "From", second(seconds.from()));
        }
        if (seconds.to() < Integer.MAX_VALUE) {
            hql.add(" and " + column + " <= :" + name + "To", name + "To", second(seconds.to()));
        }
    }

    /** The column holds an int. A second beyond its ends leaves out as much as the end does. */
    private static int second(long second) {
        return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, second));
    }

    /**
     * Whether texts are searched for in the data of sessions. On Oracle and SQL Server that takes longer than to read
     * the data, and H2 is for small realms.
     */
    private boolean finds() {
        return collation != Collation.BYTES;
    }

    /** Texts that the data must hold. */
    void addNeedles(HqlBuilder hql, ListFilter<?> filter) {
        if (!finds()) {
            return;
        }
        for (Set<Needle> group : filter.narrowing().needles()) {
            String or = " and (";
            for (Map.Entry<Integer, List<String>> texts : atAddress(group).entrySet()) {
                hql.add(or)
                        .in(
                                "substring(s.data, locate('" + ADDRESS + "', s.data) + " + ADDRESS.length() + ", "
                                        + texts.getKey() + ")",
                                texts.getValue());
                or = " or ";
            }
            for (Needle needle : group) {
                if (!isAtAddress(needle)) {
                    hql.add(or).add(found(hql, needle));
                    or = " or ";
                }
            }
            hql.add(")");
        }
    }

    /** The address stands near the beginning. A text is compared there and not searched for in the whole data. */
    private static boolean isAtAddress(Needle needle) {
        return needle.source() == Needle.Source.RECORDED_ADDRESS && needle.match() != Needle.Match.ANYWHERE;
    }

    /** By their length, because the database then finds the place once for all texts of one length. */
    private static Map<Integer, List<String>> atAddress(Set<Needle> group) {
        return group.stream()
                .filter(FilterConditions::isAtAddress)
                .map(needle -> needle.text() + (needle.match() == Needle.Match.EXACT ? "\"" : ""))
                .collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
    }

    private String found(HqlBuilder hql, Needle needle) {
        String name = "needle" + hql.parameters().size();
        if (collation == Collation.LOOSE) {
            // Three times as fast as to locate. An underscore is a wildcard, which lets more through.
            hql.with(name, "%" + text(needle) + "%");
            return "s.data like :" + name;
        }
        hql.with(name, text(needle));
        return "locate(:" + name + ", s.data) > 0";
    }

    private static String text(Needle needle) {
        return switch (needle.match()) {
            case EXACT -> key(needle.source()) + needle.text() + "\"";
            case PREFIX -> key(needle.source()) + needle.text();
            case ANYWHERE -> needle.text();
        };
    }

    private static String key(Needle.Source source) {
        return switch (source) {
            case RECORDED_ADDRESS -> ADDRESS;
            case PROVIDER_ALIAS -> "\"" + Details.IDENTITY_PROVIDER + "\":\"";
            case AUTH_METHOD -> "\"authMethod\":\"";
            case USER_AGENT -> "\"" + SignInNotes.USER_AGENT + "\":\"";
        };
    }
}
