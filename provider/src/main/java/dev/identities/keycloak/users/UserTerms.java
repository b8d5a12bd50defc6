package dev.identities.keycloak.users;

import dev.identities.filter.PersonTerm;
import dev.identities.session.UserId;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.common.Profile;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Finds the users whom the terms of a filter are about. It may find more, and says so where it cannot tell: an account
 * of another user store may be shown with other values than Keycloak's own table has, and a transient user is in none.
 */
final class UserTerms {

    private final KeycloakSession session;
    private final RealmModel realm;

    UserTerms(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** All users that meet one of the terms, and perhaps others; empty when they are too many, or it cannot tell. */
    Optional<Set<UserId>> users(Set<PersonTerm> terms, int max) {
        Set<UserId> found = new HashSet<>();
        for (PersonTerm term : terms) {
            Optional<List<UserId>> users = users(term, max);
            if (users.isEmpty() || found.size() + users.get().size() > max) {
                return Optional.empty();
            }
            found.addAll(users.get());
        }
        return Optional.of(found);
    }

    private Optional<List<UserId>> users(PersonTerm term, int max) {
        boolean exact = term.match() == PersonTerm.Match.EXACT;
        if (term.field() == PersonTerm.Field.ID) {
            return exact ? Optional.of(List.of(new UserId(term.text()))) : Optional.empty();
        }
        if (Profile.isFeatureEnabled(Profile.Feature.TRANSIENT_USERS)) {
            return Optional.empty();
        }
        if (Users.hasOtherStores(realm)) {
            // Several accounts may have one address, and a look-up tells one of them.
            return exact && term.field() == PersonTerm.Field.USERNAME
                    ? Optional.of(named(term.text()))
                    : Optional.empty();
        }
        return Optional.of(stored(term, max + 1));
    }

    /** By Keycloak's own look-up, which asks the stores. A user with a session has been looked up so before. */
    private List<UserId> named(String username) {
        return Stream.ofNullable(session.users().getUserByUsername(realm, username))
                .map(found -> new UserId(found.getId()))
                .toList();
    }

    /** Keycloak stores usernames and addresses in lower case. A text with capitals finds too many and not too few. */
    private List<UserId> stored(PersonTerm term, int max) {
        String column = term.field() == PersonTerm.Field.USERNAME ? "u.username" : "u.email";
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        String query = "select u.id from UserEntity u where u.realmId = :realm and ";
        return em
                .createQuery(query + column + " like :text escape '!'", String.class)
                .setParameter("realm", realm.getId())
                .setParameter("text", pattern(term))
                .setMaxResults(max)
                .getResultList()
                .stream()
                .map(UserId::new)
                .toList();
    }

    private static String pattern(PersonTerm term) {
        String text = term.text().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
        return switch (term.match()) {
            case EXACT -> text;
            case PREFIX -> text + "%";
            case SUFFIX -> "%" + text;
            case ANYWHERE -> "%" + text + "%";
        };
    }
}
