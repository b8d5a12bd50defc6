package dev.identities.keycloak.users;

import dev.identities.access.IdentityProviderCaller;
import dev.identities.api.globalrevocation.SubjectId;
import dev.identities.api.globalrevocation.Subjects;
import dev.identities.session.UserId;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Finds people by subject identifiers. A link is Keycloak's federated identity of an account. */
public final class KeycloakSubjects implements Subjects {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final KeycloakUserKeys users;
    private final String realmUrl;

    /**
     * The people of a realm.
     *
     * @param realmUrl the realm's issuer, under its front-end URL
     */
    public KeycloakSubjects(KeycloakSession session, RealmModel realm, String realmUrl) {
        this.session = session;
        this.realm = realm;
        this.users = new KeycloakUserKeys(session, realm);
        this.realmUrl = realmUrl;
    }

    @Override
    public List<UserId> linkedTo(IdentityProviderCaller provider, SubjectId subject, int max) {
        if (subject instanceof SubjectId.IssuerAndSubject id) {
            return id.iss().equals(provider.issuer())
                    ? linked(provider.alias(), id.sub()).toList()
                    : List.of();
        }
        // A link is of a stored account. Others would only fill the bound.
        List<UserId> named = users.stored(attribute(subject), subject.value(), max);
        // Of so many the look-up may have left out some that are linked. They are too many in either case.
        return named.size() >= max
                ? named
                : named.stream()
                        .filter(user -> isLinked(user, provider.alias()))
                        .toList();
    }

    @Override
    public List<UserId> all(SubjectId subject, int max) {
        if (!(subject instanceof SubjectId.IssuerAndSubject id)) {
            return users.users(attribute(subject), subject.value(), max);
        }
        if (id.iss().equals(realmUrl)) {
            return users.users("id", id.sub(), max);
        }
        // No query finds one issuer in a setting that lists several, and an account that is not found keeps its
        // sessions.
        try (Stream<IdentityProviderModel> providers =
                session.identityProviders().getAllStream(IdentityProviderQuery.any())) {
            return providers
                    .filter(provider -> Issuers.of(provider).contains(id.iss()))
                    .map(IdentityProviderModel::getAlias)
                    .toList()
                    .stream()
                    .flatMap(alias -> linked(alias, id.sub()))
                    .distinct()
                    .limit(max)
                    .toList();
        }
    }

    @Override
    public boolean foundAll() {
        return users.foundAll();
    }

    private static String attribute(SubjectId subject) {
        return subject instanceof SubjectId.Email ? "email" : "id";
    }

    private Stream<UserId> linked(String alias, String providersUserId) {
        FederatedIdentityModel link = new FederatedIdentityModel(alias, providersUserId, null);
        return Stream.ofNullable(session.users().getUserByFederatedIdentity(realm, link))
                .map(user -> new UserId(user.getId()));
    }

    private boolean isLinked(UserId id, String alias) {
        UserModel user = Users.byId(session, realm, id);
        return user != null && session.users().getFederatedIdentity(realm, user, alias) != null;
    }
}
