package dev.identities.listing;

import dev.identities.filter.PersonTerm;
import dev.identities.session.Application;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Session;
import dev.identities.session.Suspension;
import dev.identities.session.UserId;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names and addresses of users, applications and identity providers. Sessions have only their ids. */
public interface Directory {

    /**
     * Tells about whom will be asked next, so that their accounts are read at once and not one by one. Changes no answer.
     *
     * @param users of a page, because all of them are held until the request ends
     */
    void readAhead(Collection<UserId> users);

    /** The account; empty when it is gone. */
    Optional<Person> person(UserId user);

    /** Why Keycloak refuses this live session at present; empty when it works. */
    Optional<Suspension> suspension(Session session);

    /**
     * Users whose username, e-mail address, first or last name match as in Keycloak's own search of users, service
     * accounts aside; by username. People without a stored account come before them, as far as they can be searched.
     *
     * @param first how many to leave out
     * @return empty only when there are no more users; a page of fewer than {@code max} may be followed by another
     */
    List<UserId> search(String text, int first, int max);

    /**
     * All users whose account meets one of the terms of a filter. May name others too, also such as have no account.
     *
     * @param terms not empty; texts are untrusted
     * @return empty when there are more than {@code max}, or when it cannot be told
     */
    Optional<Set<UserId>> users(Set<PersonTerm> terms, int max);

    /**
     * Whether a page of {@link #search} with fewer users than asked for is the last one. It is where all accounts are in
     * Keycloak's own store.
     */
    boolean endsWithShortPage();

    /** The internal id of the application of that client id; empty when there is none. */
    Optional<String> clientUuid(String clientId);

    /** The application by its internal id; empty when it is gone. */
    Optional<Application> application(String clientUuid);

    /** The identity provider of that alias; by its alias alone when it is gone. */
    IdentityProvider identityProvider(String alias);

    /** Whether the realm has an identity provider of that alias. */
    boolean hasIdentityProvider(String alias);

    /** The realm as identity provider of its local accounts. */
    IdentityProvider localIdentityProvider();

    /** {@code https://host/realms/{realm}}, from the configured host name, without a trailing slash. */
    URI realmUrl();

    /** Where people manage their own account: the address given for sessions that reached no application yet. */
    URI accountUrl();
}
