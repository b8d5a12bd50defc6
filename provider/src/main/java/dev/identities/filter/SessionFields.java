package dev.identities.filter;

import static dev.identities.filter.Type.ADDRESS;
import static dev.identities.filter.Type.BOOLEAN;
import static dev.identities.filter.Type.INTEGER;
import static dev.identities.filter.Type.LIST;
import static dev.identities.filter.Type.NUMBER;
import static dev.identities.filter.Type.OBJECT;
import static dev.identities.filter.Type.TEXT;
import static dev.identities.filter.Type.TIME;

import dev.identities.address.RecordedAddress;
import dev.identities.session.Application;
import dev.identities.session.Attribution;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.UserId;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The members of a session in a list, by the names and in the forms of the JSON. */
final class SessionFields {

    private static final String USERS = "/app/users/";
    private static final String SESSIONS = "/app/sessions/";

    static final Field.Members CLIENTS = clients();

    static final Vocabulary ALL = new Vocabulary(all());

    private SessionFields() {}

    private static List<Field> all() {
        List<Field> fields = new ArrayList<>();
        fields.add(
                Field.of("id", TEXT, scope -> scope.session().id().toString()).as(Field.Role.SESSION_ID));
        fields.add(Field.of(
                "uri",
                TEXT,
                scope -> scope.around().realmUrl() + SESSIONS + scope.session().id()));
        fields.add(Field.of("public_url", TEXT, SessionFields::publicUrl, Part.CLIENTS));
        fields.addAll(browserSession());
        fields.addAll(user());
        fields.add(Field.of("created_at", TIME, scope -> time(scope.session().started()))
                .as(Field.Role.CREATED));
        fields.add(Field.of("last_active", TIME, scope -> time(scope.session().lastActive()))
                .as(Field.Role.LAST_ACTIVE));
        fields.add(Field.of("expires_at", TIME, scope -> time(scope.session().expires())));
        fields.add(Field.of("endpoint", OBJECT, scope -> orNull(scope.latestApplication()), Part.CLIENTS));
        fields.add(Field.of(
                "endpoint.id",
                TEXT,
                scope -> text(scope.latestApplication().map(Application::clientId)),
                Part.CLIENTS));
        fields.add(Field.of(
                "endpoint.uri",
                TEXT,
                scope -> scope.latestApplication().isPresent() ? publicUrl(scope) : "",
                Part.CLIENTS));
        fields.add(Field.of("edge", OBJECT, scope -> null));
        fields.add(Field.of("route", OBJECT, scope -> null));
        fields.add(Field.of("kind", TEXT, scope -> name(scope.session().id().kind()))
                .as(Field.Role.KIND));
        fields.add(
                Field.of("idle_expires_at", TIME, scope -> time(scope.session().idleExpiry())));
        fields.addAll(provider("identity_provider", Scope::provider));
        fields.add(Field.of("auth_method", TEXT, scope -> scope.session().protocol(), Part.DATA)
                .as(Field.Role.AUTH_METHOD));
        fields.add(Field.of("remember_me", BOOLEAN, scope -> scope.session().rememberMe())
                .as(Field.Role.REMEMBER_ME));
        fields.add(Field.of("clients", LIST, scope -> scope.session().clients(), Part.CLIENTS)
                .listing(CLIENTS));
        fields.add(Field.of("access", OBJECT, scope -> scope));
        fields.add(Field.of(
                "access.manage",
                BOOLEAN,
                scope -> scope.around().mayManage(scope.session().userId()),
                Part.ACCESS));
        fields.add(Field.of("current", BOOLEAN, scope -> scope.around()
                .callerSid()
                .equals(Optional.of(scope.session().id().sid()))));
        fields.add(
                Field.of("impersonator", OBJECT, scope -> orNull(scope.session().impersonator()), Part.DATA));
        fields.add(Field.of(
                "impersonator.id",
                TEXT,
                scope -> text(scope.session()
                        .impersonator()
                        .filter(id -> scope.around().impersonator(id).isPresent())
                        .map(UserId::toString)),
                Part.DATA));
        fields.add(Field.of(
                "impersonator.username",
                TEXT,
                scope -> text(scope.session()
                        .impersonator()
                        .flatMap(scope.around()::impersonator)
                        .map(Person::username)),
                Part.DATA));
        fields.add(Field.of(
                "suspended",
                TEXT,
                scope -> text(scope.around().suspension(scope.session()).map(SessionFields::name)),
                Part.PERSON));
        fields.add(Field.of("grant", TEXT, scope -> text(scope.session().grant().map(SessionFields::name)), Part.DATA));
        fields.addAll(SignalFields.ofSession());
        // Not shown: a text that tokens and logs have, by which a session is looked for.
        fields.add(Field.of("sid", TEXT, scope -> scope.session().id().sid()).as(Field.Role.SID));
        return fields;
    }

    private static List<Field> browserSession() {
        return List.of(
                Field.of("browser_session", OBJECT, scope -> scope),
                Field.of("browser_session.user_agent", OBJECT, scope -> scope),
                Field.of(
                                "browser_session.user_agent.raw",
                                TEXT,
                                scope -> scope.session().device().userAgent(),
                                Part.DATA)
                        .as(Field.Role.USER_AGENT),
                device("browser_name", scope -> scope.device().browserName()),
                device("browser_version", scope -> scope.device().browserVersion()),
                device("device_type", scope -> scope.device().type()),
                device("os_name", scope -> scope.device().osName()),
                device("os_version", scope -> scope.device().osVersion()),
                Field.of(
                                "browser_session.ip_address",
                                ADDRESS,
                                scope -> RecordedAddress.canonical(
                                        scope.session().ipAddress()),
                                Part.DATA)
                        .as(Field.Role.ADDRESS),
                Field.of("browser_session.location", OBJECT, scope -> orNull(scope.place()), Part.PLACE),
                place("country_code", TEXT, Place::countryCode),
                place("latitude", NUMBER, Place::latitude),
                place("longitude", NUMBER, Place::longitude),
                place("lat_long_radius_km", INTEGER, SessionFields::radius),
                place("city", TEXT, Place::city),
                place("source", TEXT, Place::source),
                place("attribution", TEXT, at -> attribution(at, Attribution::text)),
                place("attribution_url", TEXT, at -> attribution(at, Attribution::url)),
                Field.of(
                                "browser_session.recorded_ip_address",
                                TEXT,
                                scope -> scope.session().ipAddress(),
                                Part.DATA)
                        .as(Field.Role.RECORDED_ADDRESS));
    }

    private static List<Field> user() {
        return List.of(
                Field.of("application_user", OBJECT, scope -> scope),
                Field.of("application_user.id", TEXT, scope -> scope.session()
                                .userId()
                                .toString())
                        .as(Field.Role.USER_ID),
                Field.of("application_user.uri", TEXT, SessionFields::userUri),
                // The e-mail address is not shown in a session, but a session is looked for by it.
                Field.of(
                                "application_user.username",
                                TEXT,
                                scope -> scope.person().username(),
                                Part.PERSON)
                        .as(Field.Role.USERNAME),
                Field.of("application_user.email", TEXT, scope -> scope.person().email(), Part.PERSON)
                        .as(Field.Role.EMAIL),
                Field.of("application_user.name", TEXT, scope -> scope.person().name(), Part.PERSON),
                // ngrok's own name for it in the filters that it planned for these lists.
                Field.of("application_user_id", TEXT, scope -> scope.session()
                                .userId()
                                .toString())
                        .as(Field.Role.USER_ID));
    }

    /** An identity provider under a name. */
    static List<Field> provider(String object, Function<Scope, IdentityProvider> of) {
        return List.of(
                Field.of(object, OBJECT, scope -> scope),
                Field.of(object + ".name", TEXT, scope -> of.apply(scope).name(), Part.DATA),
                Field.of(object + ".url", TEXT, scope -> of.apply(scope).issuer(), Part.DATA),
                Field.of(object + ".alias", TEXT, scope -> of.apply(scope).alias(), Part.DATA)
                        .as(Field.Role.PROVIDER_ALIAS));
    }

    private static Field.Members clients() {
        Field clientId = Field.of(
                        "client_id", TEXT, scope -> text(scope.application().map(Application::clientId)))
                .as(Field.Role.CLIENT_ID);
        return new Field.Members(
                new Vocabulary(List.of(
                        clientId,
                        Field.of("name", TEXT, scope -> text(scope.application().map(Application::name))),
                        Field.of(
                                "base_url",
                                TEXT,
                                scope -> text(scope.application()
                                        .flatMap(Application::url)
                                        .map(URI::toString))),
                        Field.of(
                                "started_at", TIME, scope -> time(scope.client().started())),
                        Field.of(
                                "last_active",
                                TIME,
                                scope -> time(scope.client().lastActive())),
                        Field.of(
                                "uuid",
                                TEXT,
                                scope -> text(scope.application()
                                        .map(visible -> scope.client().clientUuid()))))),
                clientId);
    }

    private static Field device(String name, Function<Scope, Object> read) {
        return Field.of("browser_session.user_agent." + name, TEXT, read, Part.DATA, Part.DEVICE);
    }

    private static Field place(String name, Type type, Function<Place, Object> read) {
        return Field.of(
                "browser_session.location." + name,
                type,
                scope -> {
                    Object value = scope.place().map(read).orElse(null);
                    return value == null && type == TEXT ? "" : value;
                },
                Part.DATA,
                Part.PLACE);
    }

    private static Long radius(Place place) {
        return place.radiusKm() == null ? null : place.radiusKm().longValue();
    }

    private static String attribution(Place place, Function<Attribution, String> read) {
        return place.attribution() == null ? null : read.apply(place.attribution());
    }

    private static String publicUrl(Scope scope) {
        return scope.latestApplication()
                .flatMap(Application::url)
                .orElseGet(scope.around()::accountUrl)
                .toString();
    }

    static String userUri(Scope scope) {
        return scope.around().realmUrl() + USERS + scope.session().userId();
    }

    /** A list shows whole seconds. */
    static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Optional<String> text) {
        return text.orElse("");
    }

    private static Object orNull(Optional<?> object) {
        return object.orElse(null);
    }
}
