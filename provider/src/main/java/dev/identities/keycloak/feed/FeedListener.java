package dev.identities.keycloak.feed;

import dev.identities.feed.FeedHub;
import dev.identities.feed.SessionEvent;
import dev.identities.feed.SessionEvent.End;
import dev.identities.feed.SessionEvent.Party;
import dev.identities.feed.SessionEvent.Through;
import dev.identities.keycloak.AfterCommit;
import dev.identities.keycloak.DeletedSession;
import dev.identities.keycloak.audit.EndingAudit;
import dev.identities.keycloak.sessions.SessionMapper;
import dev.identities.listing.SessionCatalog;
import dev.identities.listing.SessionQuery;
import dev.identities.session.Device;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import dev.identities.text.LogText;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.session.UserSessionPersisterProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells the feed of sessions that begin, and of those that Keycloak itself ends. In a realm that nobody watches it costs
 * one look into the node's memory. In others it costs a look-up by id in the request's own transaction; everything else
 * happens after the commit, on the feed's thread.
 */
public final class FeedListener implements EventListenerProvider {

    /** Events that may come with a new session. A request for a token may make an offline session. */
    private static final Set<EventType> BEGINNINGS = EnumSet.of(
            EventType.LOGIN,
            EventType.IMPERSONATE,
            EventType.CLIENT_LOGIN,
            EventType.CODE_TO_TOKEN,
            EventType.TOKEN_EXCHANGE);

    /** An older session is not new: the event is about another use of it. */
    private static final Duration NEW = Duration.ofSeconds(5);

    /** Sessions of one user that are told of when Keycloak ends them all. */
    private static final int MAX_OF_USER = 100;

    /** The type of Keycloak's event for a session whose time is up, by name because Keycloak 26.5 may not have it. */
    private static final String EXPIRED = "USER_SESSION_DELETED";

    private static final Pattern USER_PATH = Pattern.compile("users/([^/]+)");

    private static final Pattern LOGOUT_PATH = Pattern.compile("users/([^/]+)/logout");

    private static final String LOGOUT_ALL_PATH = "logout-all";

    /** Sessions of a realm that are told of when Keycloak ends them all: what the memory of a realm holds. */
    private static final int MAX_OF_REALM = FeedHub.MAX_REMEMBERED;

    /** With a user's id the attribute of Keycloak's session that says who removed the user. */
    private static final String REMOVED_BY = "identities.feed.removed-by.";

    private static final Logger LOG = Logger.getLogger(FeedListener.class);

    private final KeycloakSession session;
    private final Supplier<Optional<FeedHub>> hub;
    private final Function<String, Device> devices;
    private final BiFunction<KeycloakSession, RealmModel, SessionCatalog> catalogs;

    /**
     * A listener of one request.
     *
     * @param hub asked for with an event, because Keycloak makes listeners also where none comes
     * @param catalogs the sessions of a realm, for a Keycloak session
     */
    public FeedListener(
            KeycloakSession session,
            Supplier<Optional<FeedHub>> hub,
            Function<String, Device> devices,
            BiFunction<KeycloakSession, RealmModel, SessionCatalog> catalogs) {
        this.session = session;
        this.hub = hub;
        this.devices = devices;
        this.catalogs = catalogs;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.DELETE_ACCOUNT) {
            session.setAttribute(REMOVED_BY + event.getUserId(), new Party(Party.Kind.USER, event.getUserId()));
        }
        if (event.getSessionId() == null || event.getError() != null) {
            return;
        }
        if (BEGINNINGS.contains(event.getType())) {
            watching(event.getRealmId(), (feeds, realm) -> begun(feeds, realm, event.getSessionId()));
        } else if (event.getType() == EventType.LOGOUT && !EndingAudit.isOurs(event)) {
            ended(event, new Party(Party.Kind.USER, Objects.requireNonNullElse(event.getUserId(), "")), Through.LOGOUT);
        } else if (event.getType() == EventType.REVOKE_GRANT) {
            ended(event, new Party(Party.Kind.CLIENT, event.getClientId()), Through.TOKEN_REVOCATION);
        } else if (event.getType().name().equals(EXPIRED)) {
            ended(event, Party.SERVER, Through.EXPIRY);
        }
    }

    private void ended(Event event, Party by, Through through) {
        String reason = event.getDetails() == null ? null : event.getDetails().get(Details.REASON);
        End end = new End(by, through, LogText.clean(Objects.requireNonNullElse(reason, "")));
        watching(
                event.getRealmId(),
                (feeds, realm) -> gone(feeds, realm, known(realm, event.getSessionId(), event.getUserId()), () -> end));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getError() != null || event.getResourcePath() == null) {
            return;
        }
        Optional<String> deleted = DeletedSession.sid(event);
        Matcher all = LOGOUT_PATH.matcher(event.getResourcePath());
        Matcher user = USER_PATH.matcher(event.getResourcePath());
        if (deleted.isPresent() && !EndingAudit.isOurs(event)) {
            watching(
                    event.getRealmId(),
                    (feeds, realm) ->
                            gone(feeds, realm, known(realm, deleted.get(), null), () -> byAdministrator(event)));
        } else if (event.getResourceType() == ResourceType.USER
                && event.getOperationType() == OperationType.ACTION
                && all.matches()) {
            watching(
                    event.getRealmId(),
                    (feeds, realm) -> gone(feeds, realm, ofUser(realm, all.group(1)), () -> byAdministrator(event)));
        } else if (event.getOperationType() == OperationType.ACTION
                && event.getResourcePath().equals(LOGOUT_ALL_PATH)) {
            watching(
                    event.getRealmId(),
                    (feeds, realm) -> gone(
                            feeds,
                            realm,
                            uncommitted(realm, catalog -> catalog
                                    .sessions(
                                            new SessionQuery(Optional.empty(), Optional.empty(), MAX_OF_REALM),
                                            anybody -> true)
                                    .items()
                                    .stream()
                                    // Keycloak ends the online ones.
                                    .filter(one -> one.id().kind() == SessionKind.ONLINE)
                                    .toList()),
                            () -> byAdministrator(event)));
        } else if (event.getResourceType() == ResourceType.USER
                && event.getOperationType() == OperationType.DELETE
                && user.matches()) {
            session.setAttribute(
                    REMOVED_BY + user.group(1), byAdministrator(event).by());
        }
    }

    /**
     * Takes the removal of an account, with which its sessions go. Keycloak tells who removed it later in the same
     * request, if anybody did.
     */
    public void userRemoved(RealmModel removedFrom, String userId) {
        watching(
                removedFrom.getId(),
                (feeds, realm) -> gone(
                        feeds,
                        realm,
                        uncommitted(realm, catalog -> catalog.mostRecentlyActive(new UserId(userId), MAX_OF_USER)),
                        () -> new End(
                                Objects.requireNonNullElse(
                                        (Party) session.getAttribute(REMOVED_BY + userId), Party.SERVER),
                                Through.USER_REMOVED,
                                "")));
    }

    /** Sessions that the request has deleted already. Another transaction still sees their rows until the commit. */
    private Map<SessionRef, Optional<Session>> uncommitted(
            RealmModel realm, Function<SessionCatalog, List<Session>> sessions) {
        String realmId = realm.getId();
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            RealmModel same = own.realms().getRealm(realmId);
            own.getContext().setRealm(same);
            return byRef(sessions.apply(catalogs.apply(own, same)).stream());
        });
    }

    private static End byAdministrator(AdminEvent event) {
        AuthDetails by = event.getAuthDetails();
        // An administrator of another realm is not named.
        String id = by.getUserId() != null && event.getRealmId().equals(by.getRealmId()) ? by.getUserId() : "";
        return new End(new Party(Party.Kind.ADMINISTRATOR, id), Through.ADMIN_API, "");
    }

    private interface Work {
        void in(FeedHub feeds, RealmModel realm);
    }

    /** A failure is logged, because no sign-in and no logout may fail for the feed. */
    private void watching(String realmId, Work work) {
        Optional<FeedHub> feeds = hub.get().filter(open -> open.isWatched(realmId));
        if (feeds.isEmpty()) {
            return;
        }
        try {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
                work.in(feeds.get(), realm);
            }
        } catch (RuntimeException e) {
            LOG.warn("A session's beginning or end is missing in the feed of events", e);
        }
    }

    private void begun(FeedHub feeds, RealmModel realm, String sid) {
        Stream.of(
                        session.sessions().getUserSession(realm, sid),
                        session.sessions().getOfflineUserSession(realm, sid))
                .filter(model -> model != null && isNew(model))
                .map(this::snapshot)
                .map(begun -> FeedEndings.event(
                        SessionEvent.Type.STARTED, realm.getId(), begun.ref(), Optional.of(begun), Optional.empty()))
                .forEach(event -> AfterCommit.run(session, () -> feeds.publish(event)));
    }

    private static boolean isNew(UserSessionModel model) {
        Instant started = Instant.ofEpochSecond(model.getStarted());
        return started.plus(NEW).isAfter(Instant.ofEpochMilli(Time.currentTimeMillis()));
    }

    /** The sessions of an id. Their rows are there until the commit. A session without a row is known by its id alone. */
    private Map<SessionRef, Optional<Session>> known(RealmModel realm, String sid, String userId) {
        UserSessionPersisterProvider rows = session.getProvider(UserSessionPersisterProvider.class);
        Map<SessionRef, Optional<Session>> known = of(Arrays.stream(SessionKind.values())
                .map(kind -> rows.loadUserSession(realm, sid, kind == SessionKind.OFFLINE))
                .filter(Objects::nonNull));
        return known.isEmpty() ? Map.of(FeedEndings.ref(sid, SessionKind.ONLINE, userId), Optional.empty()) : known;
    }

    private Map<SessionRef, Optional<Session>> ofUser(RealmModel realm, String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return Map.of();
        }
        UserSessionPersisterProvider rows = session.getProvider(UserSessionPersisterProvider.class);
        try (Stream<UserSessionModel> models = rows.loadUserSessionsStream(realm, user, false, 0, MAX_OF_USER)) {
            return of(models);
        }
    }

    private Map<SessionRef, Optional<Session>> of(Stream<UserSessionModel> models) {
        return byRef(models.map(this::snapshot));
    }

    private static Map<SessionRef, Optional<Session>> byRef(Stream<Session> sessions) {
        return sessions.collect(Collectors.toMap(Session::ref, Optional::of, (one, other) -> one));
    }

    private Session snapshot(UserSessionModel model) {
        return new SessionMapper(session, model.getRealm(), devices).snapshot(model);
    }

    /**
     * Tells of those that are really gone after the commit: a logout may leave the offline session.
     *
     * @param ends asked after the commit
     */
    private void gone(FeedHub feeds, RealmModel realm, Map<SessionRef, Optional<Session>> known, Supplier<End> ends) {
        String realmId = realm.getId();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        AfterCommit.run(session, () -> {
            End end = ends.get();
            feeds.later(() -> stillThere(factory, realmId, List.copyOf(known.keySet()))
                    .forEach((ref, there) -> {
                        if (!there) {
                            feeds.publish(FeedEndings.event(
                                    SessionEvent.Type.ENDED, realmId, ref, known.get(ref), Optional.of(end)));
                        }
                    }));
        });
    }

    private static Map<SessionRef, Boolean> stillThere(
            KeycloakSessionFactory factory, String realmId, List<SessionRef> refs) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            own.getContext().setRealm(realm);
            return refs.stream().collect(Collectors.toMap(Function.identity(), ref -> model(own, realm, ref) != null));
        });
    }

    private static UserSessionModel model(KeycloakSession own, RealmModel realm, SessionRef ref) {
        return ref.kind() == SessionKind.OFFLINE
                ? own.sessions().getOfflineUserSession(realm, ref.sid())
                : own.sessions().getUserSession(realm, ref.sid());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
