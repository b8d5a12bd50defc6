package dev.identities.keycloak.sessions;

import com.fasterxml.jackson.core.type.TypeReference;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
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

    private static final TypeReference<Map<String, Long>> COMPLETED_EXECUTIONS = new TypeReference<>() {};

    /** Keycloak's text for an impersonation; Keycloak has no constant for it. */
    private static final String IMPERSONATE = "impersonate";

    /** Keycloak's text for an exchanged token of an identity provider; Keycloak has no constant for it. */
    private static final String EXTERNAL_EXCHANGE = "external-exchange";

    /** The ids of Keycloak's authenticators for the direct access grant begin so, and no others. */
    private static final String DIRECT_GRANT_STEP = "direct-grant-";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Function<String, Device> devices;

    public SessionMapper(KeycloakSession session, RealmModel realm, Function<String, Device> devices) {
        this.session = session;
        this.realm = realm;
        this.devices = devices;
    }

    /** The session if it is live. It is not if it has expired, or if its identity provider is gone. */
    Optional<Session> live(UserSessionModel model, RememberMe branch) {
        return AuthenticationManager.isSessionValid(realm, model) ? Optional.of(map(model, branch)) : Optional.empty();
    }

    private Session map(UserSessionModel model, RememberMe branch) {
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
                clients(model));
    }

    /** Keycloak's stored model knows the id without a look-up of the user, who may be gone. */
    private static String userId(UserSessionModel model) {
        return model instanceof OfflineUserSessionModel stored
                ? stored.getUserId()
                : model.getUser().getId();
    }

    private static Instant lastSignIn(UserSessionModel model, Instant started) {
        return Stream.of(SignInNotes.LAST_SIGN_IN, AuthenticationManager.AUTH_TIME)
                .map(model::getNote)
                .flatMap(SessionMapper::seconds)
                .max(Instant::compareTo)
                .filter(started::isBefore)
                .orElse(started);
    }

    private static Stream<Instant> seconds(String note) {
        try {
            return note == null ? Stream.empty() : Stream.of(Instant.ofEpochSecond(Long.parseLong(note)));
        } catch (NumberFormatException e) {
            return Stream.empty();
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
            executions = JsonSerialization.readValue(completed, COMPLETED_EXECUTIONS);
        } catch (IOException e) {
            return List.of();
        }
        return executions.entrySet().stream()
                .flatMap(execution -> authentication(execution.getKey(), execution.getValue()))
                .sorted(Comparator.comparing(Authentication::at).thenComparing(Authentication::authenticator))
                .toList();
    }

    private Stream<Authentication> authentication(String executionId, Long second) {
        AuthenticationExecutionModel execution = realm.getAuthenticationExecutionById(executionId);
        // A visit with the session's own cookie proves nothing anew.
        if (execution == null
                || second == null
                || execution.getAuthenticator() == null
                || execution.getAuthenticator().equals(CookieAuthenticatorFactory.PROVIDER_ID)) {
            return Stream.empty();
        }
        String id = execution.getAuthenticator();
        ProviderFactory<Authenticator> factory =
                session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, id);
        String name = factory instanceof ConfigurableAuthenticatorFactory named ? named.getDisplayType() : id;
        return Stream.of(new Authentication(executionId, id, name, Instant.ofEpochSecond(second)));
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
