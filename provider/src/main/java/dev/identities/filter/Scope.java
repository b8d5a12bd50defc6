package dev.identities.filter;

import dev.identities.session.Application;
import dev.identities.session.ClientUse;
import dev.identities.session.Device;
import dev.identities.session.Identity;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the fields of a filter read while it decides about one row. Costly answers are asked for once.
 *
 * <p>For a user the session is the latest one. Not for several threads.
 */
final class Scope {

    private final Session session;
    private final Identity identity;
    private final Surroundings around;

    /** The member of a list that {@code exists} looks at; null outside. */
    private final Object member;

    private Person person;
    private Device device;
    private Optional<Place> place;
    private Map<SessionId, List<Signal>> signals;

    private Scope(Session session, Identity identity, Surroundings around, Object member) {
        this.session = session;
        this.identity = identity;
        this.around = around;
        this.member = member;
    }

    static Scope of(Session session, Surroundings around) {
        return new Scope(session, null, around, null);
    }

    static Scope of(Identity identity, Surroundings around) {
        return new Scope(identity.latest(), identity, around, null);
    }

    Scope inside(Object listMember) {
        return new Scope(session, identity, around, listMember);
    }

    Session session() {
        return session;
    }

    Identity identity() {
        return identity;
    }

    Surroundings around() {
        return around;
    }

    ClientUse client() {
        return (ClientUse) member;
    }

    IdentityProvider listedProvider() {
        return (IdentityProvider) member;
    }

    String listedText() {
        return (String) member;
    }

    Person person() {
        if (person == null) {
            person = around.person(session.userId()).orElse(Person.UNKNOWN);
        }
        return person;
    }

    Device device() {
        if (device == null) {
            device = around.device(session);
        }
        return device;
    }

    Optional<Place> place() {
        if (place == null) {
            place = around.place(session.ipAddress());
        }
        return place;
    }

    /** Of the session. */
    List<Signal> signals() {
        return identity == null ? around.signals(session) : signalsOfUser().getOrDefault(session.id(), List.of());
    }

    Map<SessionId, List<Signal>> signalsOfUser() {
        if (signals == null) {
            signals = around.signals(identity);
        }
        return signals;
    }

    IdentityProvider provider() {
        return around.identityProvider(session.broker().map(through -> through.alias()));
    }

    /** The application used last, if it may be seen: the one that the session's {@code public_url} is of. */
    Optional<Application> latestApplication() {
        return session.clients().stream().findFirst().flatMap(use -> around.application(use.clientUuid()));
    }

    Optional<Application> application() {
        return around.application(client().clientUuid());
    }
}
