package dev.identities.keycloak.sessions;

import dev.identities.listing.Branch;
import dev.identities.listing.IdentityQuery;
import dev.identities.listing.SessionQuery;
import dev.identities.session.UserId;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.common.Profile;
import org.keycloak.models.RealmModel;
import org.keycloak.models.light.LightweightUserAdapter;

/**
 * The part of a query that the database can decide, as conditions on the rows {@code s} of user sessions. A condition
 * may let a row through that is not asked for, because the complete session is checked again. It never leaves out a row
 * that is asked for.
 */
final class QueryConditions {

    /** Accounts in Keycloak's own store. */
    private static final String LINKED_HERE =
            "exists (select 1 from FederatedIdentityEntity f where f.user.id = s.userId and f.identityProvider = :alias)";

    /** Accounts in other stores that are not copied into it. */
    private static final String LINKED_ELSEWHERE = "exists (select 1 from BrokerLinkEntity b"
            + " where b.userId = s.userId and b.identityProvider = :alias and b.realmId = :realm)";

    private final EntityManager em;
    private final RealmModel realm;
    private final Collation collation;
    private final FilterConditions filters;

    /** By alias. Kept here, so that all reads of a page ask once. */
    private final Map<String, Boolean> linkedElsewhere = new HashMap<>();

    QueryConditions(EntityManager em, RealmModel realm, Collation collation) {
        this.em = em;
        this.realm = realm;
        this.collation = collation;
        this.filters = new FilterConditions(collation);
    }

    /** To a query with the parameter {@code realm}. */
    void add(HqlBuilder hql, SessionQuery query) {
        query.user().ifPresent(user -> addUser(hql, user));
        query.filter().ifPresent(filter -> filters.add(hql, filter));
    }

    /** Whether sessions of a branch can be asked for. */
    boolean possible(SessionQuery query, Branch branch) {
        return query.filter()
                .map(filter -> FilterConditions.possible(filter, branch))
                .orElse(true);
    }

    /** Whether the query is for so few sessions that an index gives them all at once. */
    boolean drives(SessionQuery query) {
        return query.filter().filter(FilterConditions::drives).isPresent();
    }

    /** Whether {@link #addSwept} has something to add, or the conditions of the filter are worth a sweep themselves. */
    boolean sweeps(SessionQuery query) {
        return query.filter().filter(filters::sweeps).isPresent();
    }

    /** What only a sweep should look at, because it reads the data of each row. */
    void addSwept(HqlBuilder hql, SessionQuery query) {
        query.filter().ifPresent(filter -> filters.addNeedles(hql, filter));
    }

    /** To a query with the parameter {@code realm}. */
    void add(HqlBuilder hql, IdentityQuery<?> query) {
        query.identityProvider().ifPresent(alias -> addLinked(hql, alias));
        query.filter().ifPresent(filter -> filters.addPeople(hql, filter));
    }

    void addUser(HqlBuilder hql, UserId user) {
        hql.add(" and s.userId = :user", "user", user.value());
        if (collation == Collation.LOOSE) {
            // Above for the index, here for the user.
            hql.add(" and " + collation.distinct("s.userId") + " = :exactly", "exactly", user.value());
        }
    }

    /**
     * Adds a condition only for kinds of links that exist: the database joins for one condition, but filters for
     * several.
     */
    private void addLinked(HqlBuilder hql, String alias) {
        List<String> links = new ArrayList<>(List.of(LINKED_HERE));
        if (linkedElsewhere.computeIfAbsent(alias, this::isLinkedElsewhere)) {
            links.add(LINKED_ELSEWHERE);
        }
        if (Profile.isFeatureEnabled(Profile.Feature.TRANSIENT_USERS)) {
            links.add("s.userId like :transient");
            hql.with("transient", LightweightUserAdapter.ID_PREFIX + "%");
        }
        hql.add(" and (" + String.join(" or ", links) + ")", "alias", alias);
    }

    private boolean isLinkedElsewhere(String alias) {
        HqlBuilder links = new HqlBuilder("select b.userId as userId from BrokerLinkEntity b"
                        + " where b.identityProvider = :alias and b.realmId = :realm")
                .with("alias", alias)
                .with("realm", realm.getId());
        return !links.query(em).setMaxResults(1).getResultList().isEmpty();
    }
}
