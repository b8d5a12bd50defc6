package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.filter.Filter;
import dev.identities.filter.FilterException;
import dev.identities.filter.Narrowing;
import dev.identities.filter.Part;
import dev.identities.filter.PersonTerm;
import dev.identities.filter.Surroundings;
import dev.identities.listing.Directory;
import dev.identities.listing.ListFilter;
import dev.identities.session.Identity;
import dev.identities.session.Place;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles filters for one caller, so that they tell nothing of what the caller may not see. A filter is judged by what
 * is shown. What a store leaves out beforehand shows in the time of an answer and in where its page ends. So the store
 * gets people and applications that the caller may see, and from a caller who may not see everybody nothing that looks
 * into sessions.
 */
final class CallerFilters {

    private final Directory directory;
    private final Function<String, Optional<Place>> places;
    private final SignalReader signals;
    private final AdminCaller caller;

    CallerFilters(
            Directory directory, Function<String, Optional<Place>> places, SignalReader signals, AdminCaller caller) {
        this.directory = directory;
        this.places = places;
        this.signals = signals;
        this.caller = caller;
    }

    /**
     * A filter of sessions.
     *
     * @param text untrusted
     * @param now what {@code time.now} is
     */
    ListFilter<Session> ofSessions(String text, Instant now) throws NgrokError.Raised {
        try {
            CallerSurroundings around = surroundings();
            // A scan goes through any number of people, and accounts that are read ahead are held until its end.
            return of(Filter.ofSessions(text, now), around, around::readSignals, next -> {});
        } catch (FilterException e) {
            throw NgrokError.invalidFilter(e.getMessage()).raised();
        }
    }

    /** The same for users. */
    ListFilter<Identity> ofUsers(String text, Instant now) throws NgrokError.Raised {
        try {
            CallerSurroundings around = surroundings();
            Filter<Identity> filter = Filter.ofUsers(text, now);
            Consumer<List<Identity>> readAhead = filter.parts().contains(Part.PERSON)
                    ? users -> directory.readAhead(
                            users.stream().map(Identity::userId).toList())
                    : users -> {};
            return of(filter, around, around::readUserSignals, readAhead);
        } catch (FilterException e) {
            throw NgrokError.invalidFilter(e.getMessage()).raised();
        }
    }

    private CallerSurroundings surroundings() {
        return new CallerSurroundings(directory, places, signals, caller);
    }

    private <T> ListFilter<T> of(
            Filter<T> filter, Surroundings around, Consumer<List<T>> readSignals, Consumer<List<T>> readAhead) {
        Narrowing narrowing = filter.narrowing();
        List<Set<String>> clients =
                narrowing.clients().stream().map(this::clients).toList();
        boolean impossible = narrowing.impossible() || clients.stream().anyMatch(Set::isEmpty);
        boolean all = caller.mayViewAll();
        return new ListFilter<>(
                item -> filter.matches(item, around),
                filter.parts().contains(Part.CLIENTS),
                new Narrowing(
                        impossible,
                        narrowing.created(),
                        narrowing.lastActive(),
                        narrowing.kinds(),
                        narrowing.rememberMe(),
                        narrowing.sids(),
                        List.of(),
                        List.of(),
                        all ? narrowing.needles() : List.of()),
                impossible ? Optional.empty() : users(narrowing.people()),
                all && !impossible ? clients : List.of(),
                filter.parts().contains(Part.SIGNALS)
                        ? Optional.of(new ListFilter.Costly<>(item -> filter.mayMatch(item, around), readSignals))
                        : Optional.empty(),
                readAhead);
    }

    /** The applications among these that the caller may see; nothing of the others matches. */
    private Set<String> clients(Set<String> clientIds) {
        return clientIds.stream()
                .flatMap(clientId -> directory.clientUuid(clientId).stream())
                .filter(caller::mayViewClient)
                .collect(Collectors.toSet());
    }

    /**
     * The users that meet one term of each group, as far as that can be told. From a caller who may not see everybody
     * nobody is looked for by a part of a name. Such a search finds hidden people as well, and how many they are would
     * show in the time of the answer and in whether the list is read by its users.
     */
    private Optional<Set<UserId>> users(List<Set<PersonTerm>> groups) {
        Optional<Set<UserId>> users = Optional.empty();
        boolean all = caller.mayViewAll();
        for (Set<PersonTerm> group : groups) {
            if (!all && group.stream().anyMatch(term -> term.match() != PersonTerm.Match.EXACT)) {
                continue;
            }
            Optional<Set<UserId>> found = directory.users(group, ListFilter.MAX_USERS);
            users = users.isPresent() && found.isPresent()
                    ? Optional.of(both(users.get(), found.get()))
                    : users.or(() -> found);
        }
        return users.map(found -> found.stream().filter(caller::mayView).collect(Collectors.toSet()));
    }

    private static Set<UserId> both(Set<UserId> these, Set<UserId> those) {
        Set<UserId> both = new HashSet<>(these);
        both.retainAll(those);
        return both;
    }
}
