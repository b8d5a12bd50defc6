package dev.identities.catalog;

import dev.identities.session.Application;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.UserId;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names and addresses of a realm {@code acme}, as a test puts them in. */
public final class FakeDirectory implements Directory {

    private final Map<UserId, Person> people = new HashMap<>();
    private final Map<String, Application> applications = new HashMap<>();
    private final Map<String, IdentityProvider> providers = new HashMap<>();

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
    public Optional<Person> person(UserId user) {
        return Optional.ofNullable(people.get(user));
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
