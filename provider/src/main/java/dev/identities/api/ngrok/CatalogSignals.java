package dev.identities.api.ngrok;

import dev.identities.listing.SessionCatalog;
import dev.identities.session.Identity;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import dev.identities.signal.Signal;
import dev.identities.signal.Signals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signals of the sessions in an answer. A caller who may see a session may see all sessions of that person, so a
 * signal may name them.
 */
record CatalogSignals(SessionCatalog catalog, Signals signals) implements SignalReader {

    @Override
    public Map<SessionId, List<Signal>> of(List<Session> sessions) {
        Map<UserId, List<SignIn>> shown =
                sessions.stream().map(Session::signIn).collect(Collectors.groupingBy(SignIn::userId));
        Map<UserId, List<SignIn>> compared = catalog.signIns(List.copyOf(shown.keySet()), Signals.COMPARED).stream()
                .collect(Collectors.groupingBy(SignIn::userId));
        Map<SessionId, List<Signal>> found = new HashMap<>();
        shown.forEach((user, own) -> found.putAll(signals.of(own, compared.getOrDefault(user, List.of()))));
        return found;
    }

    /** {@inheritDoc} Nothing is read of a person with one session. */
    @Override
    public Map<UserId, Map<SessionId, List<Signal>>> ofPeople(List<Identity> people) {
        Map<Boolean, List<Identity>> several =
                people.stream().collect(Collectors.partitioningBy(person -> person.sessionsCount() > 1));
        List<UserId> users = several.get(true).stream().map(Identity::userId).toList();
        Stream<SignIn> single =
                several.get(false).stream().map(person -> person.latest().signIn());
        Map<UserId, List<SignIn>> signIns = Stream.concat(catalog.signIns(users, Signals.COMPARED).stream(), single)
                .collect(Collectors.groupingBy(SignIn::userId));
        Map<UserId, Map<SessionId, List<Signal>>> found = new HashMap<>();
        signIns.forEach((user, own) -> found.put(user, signals.of(own, own)));
        return found;
    }
}
