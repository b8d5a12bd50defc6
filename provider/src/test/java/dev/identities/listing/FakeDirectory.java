package dev.identities.listing;

import dev.identities.filter.PersonTerm;
import dev.identities.session.Application;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Session;
import dev.identities.session.Suspension;
import dev.identities.session.UserId;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names and addresses of a realm {@code acme}, as a test puts them in. */
public final class FakeDirectory implements Directory {

    private final Set<PersonTerm> lookedFor = new HashSet<>();
    private final Map<UserId, Person> people = new HashMap<>();
    private final Set<UserId> invalid = new HashSet<>();
    private final Map<String, Suspension> suspensions = new HashMap<>();
    private final List<Set<UserId>> readAhead = new ArrayList<>();
    private int searched;
    private int searches;
    private boolean ownStore;
    private final Map<String, Application> applications = new HashMap<>();
    private final Map<String, IdentityProvider> providers = new HashMap<>();

    /** Found by a search, and then left out of what it returns: the user store does not know them any more. */
    void invalid(String userId) {
        invalid.add(new UserId(userId));
    }

    /** All accounts are in Keycloak's own store from now on. */
    void ownStore() {
        ownStore = true;
    }

    /** Users that searches have come across so far. */
    int searched() {
        return searched;
    }

    /** The people of each reading ahead so far, but for those of nobody. */
    public List<Set<UserId>> readAhead() {
        return List.copyOf(readAhead);
    }

    /** How often it was searched so far. */
    int searches() {
        return searches;
    }

    public void person(String userId, Person person) {
        people.put(new UserId(userId), person);
    }

    /** The client uuid is the client id with {@code uuid-} in front. */
    public void application(Application application) {
        applications.put("uuid-" + application.clientId(), application);
    }

    public void identityProvider(IdentityProvider provider) {
        providers.put(provider.alias(), provider);
    }

    @Override
    public void readAhead(Collection<UserId> users) {
        if (!users.isEmpty()) {
            readAhead.add(Set.copyOf(users));
        }
    }

    @Override
    public Optional<Person> person(UserId user) {
        return Optional.ofNullable(people.get(user));
    }

    /** Keycloak refuses the sessions of this id. */
    public void suspend(String sid, Suspension why) {
        suspensions.put(sid, why);
    }

    @Override
    public Optional<Suspension> suspension(Session session) {
        return Optional.ofNullable(suspensions.get(session.id().sid()));
    }

    /** By prefix of the username, as Keycloak does when nothing else is said. */
    @Override
    public List<UserId> search(String text, int first, int max) {
        searches++;
        return people.entrySet().stream()
                .filter(person -> person.getValue().username().startsWith(text))
                .sorted(Comparator.comparing(person -> person.getValue().username()))
                .skip(first)
                .limit(max)
                .peek(person -> searched++)
                .map(Map.Entry::getKey)
                .filter(user -> !invalid.contains(user))
                .toList();
    }

    /** The terms by which users were looked for. */
    public Set<PersonTerm> lookedFor() {
        return lookedFor;
    }

    /** Only by exact username or id. */
    @Override
    public Optional<Set<UserId>> users(Set<PersonTerm> terms, int max) {
        Set<UserId> found = new HashSet<>();
        lookedFor.addAll(terms);
        for (PersonTerm term : terms) {
            if (term.match() != PersonTerm.Match.EXACT || term.field() == PersonTerm.Field.EMAIL) {
                return Optional.empty();
            }
            if (term.field() == PersonTerm.Field.ID) {
                found.add(new UserId(term.text()));
            }
            people.forEach((user, person) -> {
                if (person.username().equals(term.text())) {
                    found.add(user);
                }
            });
        }
        return Optional.of(found);
    }

    @Override
    public boolean endsWithShortPage() {
        return ownStore;
    }

    @Override
    public Optional<String> clientUuid(String clientId) {
        return Optional.of("uuid-" + clientId).filter(applications::containsKey);
    }

    @Override
    public Optional<Application> application(String clientUuid) {
        return Optional.ofNullable(applications.get(clientUuid));
    }

    @Override
    public IdentityProvider identityProvider(String alias) {
        return providers.getOrDefault(alias, new IdentityProvider(alias, alias, ""));
    }

    @Override
    public boolean hasIdentityProvider(String alias) {
        return providers.containsKey(alias);
    }

    @Override
    public IdentityProvider localIdentityProvider() {
        return new IdentityProvider("", "Acme", realmUrl().toString());
    }

    @Override
    public URI realmUrl() {
        return URI.create("https://sso.example.com/realms/acme");
    }

    @Override
    public URI accountUrl() {
        return URI.create("https://sso.example.com/realms/acme/account");
    }
}
