package dev.identities.filter;

import static dev.identities.filter.Type.BOOLEAN;
import static dev.identities.filter.Type.INTEGER;
import static dev.identities.filter.Type.LIST;
import static dev.identities.filter.Type.OBJECT;
import static dev.identities.filter.Type.TEXT;
import static dev.identities.filter.Type.TIME;

import dev.identities.session.Broker;
import dev.identities.session.IdentityProvider;
import java.util.ArrayList;
import java.util.List;

/** The members of a user in a list, by the names and in the forms of the JSON. */
final class UserFields {

    static final Vocabulary ALL = new Vocabulary(all());

    private UserFields() {}

    private static List<Field> all() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("id", TEXT, scope -> scope.identity().userId().toString())
                .as(Field.Role.USER_ID));
        fields.add(Field.of("uri", TEXT, SessionFields::userUri));
        fields.addAll(SessionFields.provider("identity_provider", Scope::provider));
        fields.add(Field.of("provider_user_id", TEXT, UserFields::providerUserId, Part.DATA));
        fields.add(Field.of("username", TEXT, scope -> scope.person().username(), Part.PERSON)
                .as(Field.Role.USERNAME));
        fields.add(Field.of("email", TEXT, scope -> scope.person().email(), Part.PERSON)
                .as(Field.Role.EMAIL));
        fields.add(Field.of("name", TEXT, scope -> scope.person().name(), Part.PERSON));
        fields.add(Field.of(
                "created_at",
                TIME,
                scope -> SessionFields.time(
                        scope.person().created().orElse(scope.identity().firstStarted())),
                Part.PERSON));
        fields.add(Field.of(
                        "last_active",
                        TIME,
                        scope -> SessionFields.time(scope.identity().lastActive()))
                .as(Field.Role.LAST_ACTIVE));
        fields.add(Field.of(
                "last_login", TIME, scope -> SessionFields.time(scope.identity().lastSignIn())));
        fields.add(Field.of("enabled", BOOLEAN, scope -> scope.person().enabled(), Part.PERSON));
        fields.add(Field.of(
                "account", TEXT, scope -> SessionFields.name(scope.person().account()), Part.PERSON));
        fields.add(Field.of("sessions_count", INTEGER, scope -> scope.identity().sessionsCount()));
        fields.add(Field.of("identity_providers", LIST, UserFields::providers, Part.DATA)
                .listing(listedProviders()));
        fields.add(Field.of("access", OBJECT, scope -> scope));
        fields.add(Field.of(
                "access.manage",
                BOOLEAN,
                scope -> scope.around().mayManage(scope.identity().userId()),
                Part.ACCESS));
        fields.add(Field.of("clients", LIST, scope -> scope.identity().clients(), Part.CLIENTS)
                .listing(SessionFields.CLIENTS));
        fields.addAll(SignalFields.ofUser());
        fields.add(Field.of("latest_session", OBJECT, scope -> scope));
        SessionFields.ALL.fields().forEach(field -> fields.add(field.within("latest_session")));
        return fields;
    }

    private static String providerUserId(Scope scope) {
        return scope.session()
                .broker()
                .map(Broker::externalUserId)
                .filter(id -> !id.isEmpty())
                .orElse(scope.identity().userId().value());
    }

    private static List<IdentityProvider> providers(Scope scope) {
        return scope.identity().through().stream()
                .map(scope.around()::identityProvider)
                .distinct()
                .toList();
    }

    private static Field.Members listedProviders() {
        Field alias =
                Field.of("alias", TEXT, scope -> scope.listedProvider().alias()).as(Field.Role.PROVIDER_ALIAS);
        return new Field.Members(
                new Vocabulary(List.of(
                        Field.of("name", TEXT, scope -> scope.listedProvider().name()),
                        Field.of("url", TEXT, scope -> scope.listedProvider().issuer()),
                        alias)),
                alias);
    }
}
