package dev.identities.keycloak.users;

import dev.identities.filter.PersonTerm;
import dev.identities.keycloak.sessions.SocialProviders;
import dev.identities.keycloak.sessions.TransientUsers;
import dev.identities.listing.Directory;
import dev.identities.session.Application;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Session;
import dev.identities.session.Suspension;
import dev.identities.session.UserId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.services.util.ResolveRelative;
import org.keycloak.urls.UrlType;

/** Names and addresses from Keycloak's cached models. */
public final class KeycloakDirectory implements Directory {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final TransientUsers transientUsers;

    /** Kept for the request, because each entry of a list needs it several times. */
    private URI realmUrl;

    public KeycloakDirectory(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.transientUsers = new TransientUsers(session, realm);
    }

    /**
     * A directory outside of a request.
     *
     * @param realmUrl the realm's address as a request saw it
     */
    public KeycloakDirectory(KeycloakSession session, RealmModel realm, URI realmUrl) {
        this(session, realm);
        this.realmUrl = realmUrl;
    }

    @Override
    public void readAhead(Collection<UserId> users) {
        Users.readAhead(session, realm, users);
    }

    @Override
    public Optional<Person> person(UserId id) {
        Person.Account account = TransientUsers.isOne(id) ? Person.Account.TRANSIENT : Person.Account.STORED;
        return Optional.ofNullable(user(id)).map(user -> person(user, account));
    }

    @Override
    public Optional<Suspension> suspension(Session of) {
        return Suspensions.of(session, realm, user(of.userId()), of.lastActive().getEpochSecond());
    }

    /** Null when the account is unknown. */
    private UserModel user(UserId id) {
        return TransientUsers.isOne(id) ? transientUsers.byId(id).orElse(null) : Users.byId(session, realm, id);
    }

    private static Person person(UserModel user, Person.Account account) {
        String name = Stream.of(user.getFirstName(), user.getLastName())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        return new Person(
                text(user.getUsername()),
                text(user.getEmail()),
                name.isEmpty() ? text(user.getUsername()) : name,
                user.isEnabled(),
                Optional.ofNullable(user.getCreatedTimestamp()).map(Instant::ofEpochMilli),
                account);
    }

    /**
     * Searches as the Admin REST API does, but for all users, and people without a stored account before them. The
     * caller of this method checks who may be seen.
     */
    @Override
    public List<UserId> search(String text, int first, int max) {
        SearchText search = SearchText.of(text);
        List<UserId> unstored = transientUsers.all().entrySet().stream()
                .filter(entry -> search.matches(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        List<UserId> found = new ArrayList<>(
                unstored.subList(Math.min(first, unstored.size()), Math.min(first + max, unstored.size())));
        if (found.size() < max) {
            found.addAll(stored(text, Math.max(0, first - unstored.size()), max - found.size()));
        }
        return found;
    }

    private List<UserId> stored(String text, int first, int max) {
        Map<String, String> parameters =
                Map.of(UserModel.SEARCH, text.trim(), UserModel.INCLUDE_SERVICE_ACCOUNT, "false");
        try (Stream<UserModel> users = session.users().searchForUserStream(realm, parameters, first, max)) {
            return users.map(user -> new UserId(user.getId())).toList();
        }
    }

    @Override
    public Optional<Set<UserId>> users(Set<PersonTerm> terms, int max) {
        return new UserTerms(session, realm).users(terms, max);
    }

    @Override
    public boolean endsWithShortPage() {
        return !Users.hasOtherStores(realm);
    }

    @Override
    public Optional<String> clientUuid(String clientId) {
        return Optional.ofNullable(session.clients().getClientByClientId(realm, clientId))
                .map(ClientModel::getId);
    }

    @Override
    public Optional<Application> application(String clientUuid) {
        return Optional.ofNullable(session.clients().getClientById(realm, clientUuid))
                .map(this::application);
    }

    private Application application(ClientModel client) {
        String name = text(client.getName());
        // Keycloak's own clients are named by a message key, which is no name without the console's translations.
        boolean named = !name.isBlank() && !name.startsWith("${");
        return new Application(client.getClientId(), named ? name : client.getClientId(), url(client));
    }

    /** The base URL, which may be relative to the root URL, else the root URL; both may hold Keycloak's placeholders. */
    private Optional<URI> url(ClientModel client) {
        String root = client.getRootUrl();
        String base = client.getBaseUrl();
        return Stream.of(base, root)
                .filter(candidate -> candidate != null && !candidate.isBlank())
                .flatMap(candidate -> absolute(resolved(root, candidate)).stream())
                .findFirst();
    }

    /** Empty for text that is no URL, because one client with a bad URL must not break a list. */
    private String resolved(String root, String candidate) {
        try {
            return ResolveRelative.resolveRelativeUri(session, root, candidate);
        } catch (IllegalArgumentException notAUrl) {
            return null;
        }
    }

    @Override
    public IdentityProvider identityProvider(String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        if (provider == null) {
            return new IdentityProvider(alias, alias, "");
        }
        String name = text(provider.getDisplayName());
        return new IdentityProvider(alias, name.isBlank() ? alias : name, issuer(provider));
    }

    private static String issuer(IdentityProviderModel provider) {
        Map<String, String> config = Objects.requireNonNullElse(provider.getConfig(), Map.of());
        return Stream.of("issuer", "idpEntityId")
                .map(config::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .or(() -> Stream.of("authorizationUrl", "singleSignOnServiceUrl")
                        .map(config::get)
                        .flatMap(url -> absolute(url).stream())
                        .map(url -> url.getScheme() + "://" + url.getRawAuthority())
                        .findFirst())
                .or(() -> SocialProviders.issuer(provider.getProviderId()))
                .orElse("");
    }

    @Override
    public boolean hasIdentityProvider(String alias) {
        return session.identityProviders().getByAlias(alias) != null;
    }

    @Override
    public IdentityProvider localIdentityProvider() {
        String name = text(realm.getDisplayName());
        return new IdentityProvider(
                "", name.isBlank() ? realm.getName() : name, realmUrl().toString());
    }

    @Override
    public URI realmUrl() {
        if (realmUrl == null) {
            realmUrl = URI.create(Urls.realmIssuer(
                    session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName()));
        }
        return realmUrl;
    }

    @Override
    public URI accountUrl() {
        return URI.create(realmUrl() + "/account");
    }

    private static Optional<URI> absolute(String text) {
        try {
            return Optional.ofNullable(text).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new URI(text)).filter(URI::isAbsolute);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
