package dev.identities.keycloak.sessions;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.identities.capture.SignInNotes;
import dev.identities.capture.UserAgents;
import dev.identities.session.Authentication;
import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Device;
import dev.identities.session.Grant;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.common.constants.ServiceAccountConstants;
import org.keycloak.device.DeviceActivityManager;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OfflineUserSessionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.SessionExpirationUtils;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.representations.account.DeviceRepresentation;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.util.JsonSerialization;

/** Maps Keycloak's user session to ours. It picks the data that may be shown, and never passes on notes as a whole. */
public final class SessionMapper {

    private static final ObjectReader COMPLETED_EXECUTIONS =
            JsonSerialization.mapper.readerFor(new TypeReference<Map<String, Long>>() {});

    private static final Comparator<Authentication> FIRST_STEP_FIRST =
            Comparator.comparing(Authentication::at).thenComparing(Authentication::authenticator);

    /** Keycloak's text for an impersonation; Keycloak has no constant for it. */
    private static final String IMPERSONATE = "impersonate";

    /** Keycloak's text for an exchanged token of an identity provider; Keycloak has no constant for it. */
    private static final String EXTERNAL_EXCHANGE = "external-exchange";

    /** The ids of Keycloak's authenticators for the direct access grant begin so, and no others. */
    private static final String DIRECT_GRANT_STEP = "direct-grant-";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Function<String, Device> devices;
    private final Map<String, Optional<Step>> steps = new HashMap<>();
    private final Map<String, Boolean> clients = new HashMap<>();

    public SessionMapper(KeycloakSession session, RealmModel realm, Function<String, Device> devices) {
        this.session = session;
        this.realm = realm;
        this.devices = devices;
    }

    /** The session if it is live. It is not if it has expired, or if its identity provider is gone. */
    Optional<Session> live(UserSessionModel model, RememberMe branch) {
        return live(model, branch, () -> clients(model));
    }

    /** As {@link #live(UserSessionModel, RememberMe)}. Clients that are gone are left out. */
    Optional<Session> live(StoredSession stored, RememberMe branch) {
        return live(stored.toListedModel(session, realm), branch, () -> clients(stored));
    }

    private Optional<Session> live(UserSessionModel model, RememberMe branch, Supplier<List<ClientUse>> clients) {
        return AuthenticationManager.isSessionValid(realm, model)
                ? Optional.of(map(model, branch, clients.get()))
                : Optional.empty();
    }

    /** The session as it is, also if it is over or about to be removed. */
    public Session snapshot(UserSessionModel model) {
        return map(model, model.isRememberMe() ? RememberMe.YES : RememberMe.NO, clients(model));
    }

    private Session map(UserSessionModel model, RememberMe branch, List<ClientUse> clients) {
        boolean offline = model.isOffline();
        List<Authentication> authentications = authentications(model);
        Instant started = Instant.ofEpochSecond(model.getStarted());
        long max = SessionExpirationUtils.calculateUserSessionMaxLifespanTimestamp(
                offline, model.isRememberMe(), started.toEpochMilli(), realm);
        long idle = SessionExpirationUtils.calculateUserSessionIdleTimestamp(
                offline, model.isRememberMe(), TimeUnit.SECONDS.toMillis(model.getLastSessionRefresh()), realm);
        return new Session(
                new SessionId(
                        model.getStarted(), offline ? SessionKind.OFFLINE : SessionKind.ONLINE, branch, model.getId()),
                new UserId(userId(model)),
                started,
                lastSignIn(model, started),
                Instant.ofEpochSecond(model.getLastSessionRefresh()),
                Instant.ofEpochMilli(idle),
                max < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(max)),
                Objects.requireNonNullElse(model.getIpAddress(), ""),
                device(model),
                Objects.requireNonNullElse(model.getAuthMethod(), ""),
                model.isRememberMe(),
                grant(model, authentications),
                broker(model),
                impersonator(model),
                authentications,
                clients);
    }

    /** Keycloak's stored model knows the id without a look-up of the user, who may be gone. */
    private static String userId(UserSessionModel model) {
        return model instanceof OfflineUserSessionModel stored
                ? stored.getUserId()
                : model.getUser().getId();
    }

    private static Instant lastSignIn(UserSessionModel model, Instant started) {
        long first = started.getEpochSecond();
        long noted = second(model.getNote(SignInNotes.LAST_SIGN_IN), first);
        long authenticated = second(model.getNote(AuthenticationManager.AUTH_TIME), first);
        return Instant.ofEpochSecond(Math.max(first, Math.max(noted, authenticated)));
    }

    private static long second(String note, long otherwise) {
        try {
            return note == null ? otherwise : Long.parseLong(note);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private Device device(UserSessionModel model) {
        String raw = model.getNote(SignInNotes.USER_AGENT);
        return raw == null ? deviceKnownToKeycloak(model) : devices.apply(raw);
    }

    /** For sessions from before this was installed. Keycloak kept its own parsed values of them, but not the header. */
    private static Device deviceKnownToKeycloak(UserSessionModel model) {
        DeviceRepresentation known;
        try {
            known = DeviceActivityManager.getCurrentDevice(model);
        } catch (RuntimeException unreadable) {
            return Device.UNKNOWN;
        }
        if (known == null) {
            return Device.UNKNOWN;
        }
        String[] browser = text(known.getBrowser()).split("/", 2);
        return UserAgents.parsedByKeycloak(
                browser[0],
                browser.length > 1 ? browser[1] : "",
                text(known.getDevice()),
                text(known.getOs()),
                text(known.getOsVersion()),
                known.isMobile());
    }

    private static String text(String text) {
        return Objects.requireNonNullElse(text, DeviceRepresentation.UNKNOWN);
    }

    /** Keycloak's "auth method" is the protocol for a sign-in, and otherwise the kind of request. */
    private static Optional<Grant> grant(UserSessionModel model, List<Authentication> steps) {
        return switch (Objects.requireNonNullElse(model.getAuthMethod(), "")) {
            case ServiceAccountConstants.CLIENT_AUTH -> Optional.of(Grant.CLIENT_CREDENTIALS);
            case IMPERSONATE -> Optional.of(Grant.IMPERSONATION);
            case EXTERNAL_EXCHANGE -> Optional.of(Grant.TOKEN_EXCHANGE);
            default ->
                steps.stream().anyMatch(step -> step.authenticator().startsWith(DIRECT_GRANT_STEP))
                        ? Optional.of(Grant.PASSWORD)
                        : Optional.empty();
        };
    }

    private static Optional<Broker> broker(UserSessionModel model) {
        String alias = model.getNote(Details.IDENTITY_PROVIDER);
        if (alias == null) {
            return Optional.empty();
        }
        String brokerUserId = Objects.requireNonNullElse(model.getBrokerUserId(), "");
        String prefix = alias + ".";
        return Optional.of(new Broker(
                alias, brokerUserId.startsWith(prefix) ? brokerUserId.substring(prefix.length()) : brokerUserId));
    }

    private static Optional<UserId> impersonator(UserSessionModel model) {
        return Optional.ofNullable(model.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()))
                .map(UserId::new);
    }

    private List<Authentication> authentications(UserSessionModel model) {
        String completed = model.getNote(Constants.AUTHENTICATORS_COMPLETED);
        if (completed == null) {
            return List.of();
        }
        Map<String, Long> executions;
        try {
            executions = COMPLETED_EXECUTIONS.readValue(completed);
        } catch (IOException e) {
            return List.of();
        }
        List<Authentication> authentications = new ArrayList<>();
        executions.forEach((executionId, second) -> {
            if (second != null) {
                steps.computeIfAbsent(executionId, this::step)
                        .ifPresent(step -> authentications.add(step.at(Instant.ofEpochSecond(second))));
            }
        });
        authentications.sort(FIRST_STEP_FIRST);
        return List.copyOf(authentications);
    }

    /** What a sign-in went through; the same for every session that did. */
    private record Step(String executionId, String authenticator, String name) {

        Authentication at(Instant time) {
            return new Authentication(executionId, authenticator, name, time);
        }
    }

    private Optional<Step> step(String executionId) {
        AuthenticationExecutionModel execution = realm.getAuthenticationExecutionById(executionId);
        // A visit with the session's own cookie proves nothing anew.
        if (execution == null
                || execution.getAuthenticator() == null
                || execution.getAuthenticator().equals(CookieAuthenticatorFactory.PROVIDER_ID)) {
            return Optional.empty();
        }
        String id = execution.getAuthenticator();
        ProviderFactory<Authenticator> factory =
                session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, id);
        String name = factory instanceof ConfigurableAuthenticatorFactory named ? named.getDisplayType() : id;
        return Optional.of(new Step(executionId, id, name));
    }

    private List<ClientUse> clients(StoredSession stored) {
        return stored.clients().stream()
                .filter(client -> isClient(client.clientUuid()))
                .map(client -> client.use(stored.started()))
                .sorted(ClientUse.LATEST_FIRST)
                .toList();
    }

    /** Whether a client of that id is still there. */
    boolean isClient(String uuid) {
        return clients.computeIfAbsent(uuid, id -> session.clients().getClientById(realm, id) != null);
    }

    private static List<ClientUse> clients(UserSessionModel model) {
        return model.getAuthenticatedClientSessions().entrySet().stream()
                .map(entry -> client(entry.getKey(), entry.getValue()))
                .sorted(ClientUse.LATEST_FIRST)
                .toList();
    }

    // Marked for removal since 26.4 without a successor: until then the only place that has the last use.
    @SuppressWarnings("removal")
    private static ClientUse client(String clientUuid, AuthenticatedClientSessionModel use) {
        return new ClientUse(
                clientUuid, Instant.ofEpochSecond(use.getStarted()), Instant.ofEpochSecond(use.getTimestamp()));
    }
}
