package dev.identities.filter;

import dev.identities.session.Application;
import dev.identities.session.Device;
import dev.identities.session.Identity;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.Suspension;
import dev.identities.session.UserId;
import dev.identities.signal.Signal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a filter asks for besides the session itself, as the list shows it to one caller. What the caller may not see is
 * empty here, so that a filter tells nothing about it.
 *
 * <p>A filter asks once for each row and only for what it compares. An implementation keeps answers that are costly and
 * come again, for example applications.
 */
public interface Surroundings {

    /** The account; empty when it is gone. */
    Optional<Person> person(UserId user);

    /** The application by its internal id; empty when it is gone, or when the caller may not view it. */
    Optional<Application> application(String clientUuid);

    /** The identity provider of that alias, or the realm itself where the alias is empty. */
    IdentityProvider identityProvider(Optional<String> alias);

    /** Where an address is, by its text as Keycloak recorded it. */
    Optional<Place> place(String recordedAddress);

    /** The administrator who impersonates; empty when the caller may not view them, or when they are gone. */
    Optional<Person> impersonator(UserId administrator);

    /** Why Keycloak refuses this session at present; empty when it works. */
    Optional<Suspension> suspension(Session session);

    /** Whether the caller may end sessions of this user. */
    boolean mayManage(UserId user);

    /** Keycloak's id of the caller's own session. */
    Optional<String> callerSid();

    /** {@code https://host/realms/{realm}}, without a trailing slash. */
    URI realmUrl();

    /** The address that is shown for a session that reached no application with an address. */
    URI accountUrl();

    /** What is unusual about a session; empty in answers that show no signals. */
    default List<Signal> signals(Session session) {
        return List.of();
    }

    /** The same for those sessions of a user that were active last, latest first. */
    default Map<SessionId, List<Signal>> signals(Identity user) {
        return Map.of();
    }

    /** The device of a session. A store may leave the User-Agent unparsed until a filter asks. */
    default Device device(Session session) {
        return session.device();
    }
}
