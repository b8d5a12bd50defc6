package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.Call;
import dev.identities.api.Json;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
import dev.identities.listing.Directory;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import dev.identities.settings.UserKeyHash;
import dev.identities.settings.UserKeySettings;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Query and revoke by user key: {@code /users/{user_key}}, or {@code /users?user_key=}.
 *
 * <p>An unknown key and a user without sessions have the same answer and take the same work, because a client that may
 * ask about sessions must not learn whether a key belongs to an account.
 */
final class UsersEndpoint {

    /** The most users that may share a key. Beyond that the call is refused, because it cannot mean all of them. */
    static final int MAX_USERS_PER_KEY = 100;

    /** The most sessions shown per user, because a script that signs in by the thousand must not fill the answer. */
    static final int MAX_SESSIONS_SHOWN = 1_000;

    /** An id that no user has. The store is asked for it when no user has the key, so that both take the same work. */
    private static final UserId NOBODY = new UserId("00000000-0000-0000-0000-000000000000");

    private static final String USER_KEY = "user_key";

    private final String realm;
    private final UserKeySettings settings;
    private final UserKeys userKeys;
    private final SessionCatalog catalog;
    private final Directory directory;
    private final Revocations revocations;
    private final PingRenderer renderer;
    private final RateLimit rateLimit;
    private final EmptyAnswerDelay delay;
    private final SriAudit audit;

    UsersEndpoint(
            PingFederateApi.Realm realm,
            PingRenderer renderer,
            RateLimit rateLimit,
            EmptyAnswerDelay delay,
            SriAudit audit) {
        this.realm = realm.name();
        this.settings = realm.settings().userKey();
        this.userKeys = realm.userKeys();
        this.catalog = realm.catalog();
        this.directory = realm.directory();
        this.revocations = realm.revocations();
        this.renderer = renderer;
        this.rateLimit = rateLimit;
        this.delay = delay;
        this.audit = audit;
    }

    Response.ResponseBuilder query(Call<OAuthClientCaller> call) throws PingError.Raised {
        KeyMatch match = match(call);
        List<Session> sessions = match.orNobody().stream()
                .flatMap(user -> catalog.mostRecentlyActive(user, MAX_SESSIONS_SHOWN).stream())
                .filter(session -> directory.suspension(session).isEmpty())
                .sorted(Comparator.comparing(Session::lastActive).reversed())
                .toList();
        if (sessions.isEmpty()) {
            spendTheTimeOfAMiss(match);
        }
        return Json.response(
                200, settings.answerAsArray() ? renderer.each(sessions) : renderer.latestAndEach(sessions));
    }

    Response.ResponseBuilder revoke(Call<OAuthClientCaller> call) throws PingError.Raised {
        KeyMatch match = match(call);
        RevocationReport report = revocations.users(
                match.orNobody(), new Cause(call.caller(), Channel.PF_WS, Optional.of(match.key()), ""));
        if (!userKeys.foundAll()) {
            audit.incomplete(call.caller());
        }
        if (report.anyFailed()) {
            throw PingError.storeFailed(report.count(Outcome.Status.FAILED)).raised();
        }
        if (report.outcomes().isEmpty()) {
            spendTheTimeOfAMiss(match);
        }
        return Json.empty(200);
    }

    /**
     * The people whom a key names.
     *
     * @param key as it is compared
     * @param startedAt on the clock of the delay
     */
    private record KeyMatch(String attribute, String key, List<UserId> users, long startedAt) {

        List<UserId> orNobody() {
            return users.isEmpty() ? List.of(NOBODY) : users;
        }
    }

    private KeyMatch match(Call<OAuthClientCaller> call) throws PingError.Raised {
        long start = delay.now();
        String userKey = userKey(call);
        OAuthClientCaller client = call.caller();
        requireRate(client);
        String attribute = client.settings().userKeyAttribute().orElse(settings.attribute());
        String key = settings.hash().isPresent() ? hashed(settings.hash().get(), attribute, userKey) : userKey;
        List<UserId> users = find(attribute, key, MAX_USERS_PER_KEY + 1);
        if (users.size() > MAX_USERS_PER_KEY) {
            throw PingError.ambiguousUserKey(MAX_USERS_PER_KEY).raised();
        }
        return new KeyMatch(attribute, key, users, start);
    }

    /** From the path, or from the query for proxies that refuse an encoded slash. */
    private static String userKey(Call<OAuthClientCaller> call) throws PingError.Raised {
        Optional<String> inQuery = call.query().first(USER_KEY);
        // Some clients mean a space by a plus sign, and others a plus sign. A wrong guess would silently find no user.
        if (inQuery.isPresent() && call.request().rawQuery().contains("+")) {
            throw PingError.barePlus().raised();
        }
        String userKey = inQuery.orElseGet(() -> call.variable(USER_KEY));
        if (userKey.isEmpty()) {
            throw PingError.noUserKey().raised();
        }
        return userKey;
    }

    private void requireRate(OAuthClientCaller client) throws PingError.Raised {
        if (settings.requestsPerMinute().isEmpty()) {
            return;
        }
        Duration wait = rateLimit.take(
                new RateLimit.Caller(realm, client.clientId()),
                settings.requestsPerMinute().get());
        if (!wait.isZero()) {
            throw PingError.tooManyRequests(wait).raised();
        }
    }

    /**
     * Refuses another attribute than the realm's, because the kept hashes are of that one and no user would be found.
     */
    private String hashed(UserKeyHash hashing, String attribute, String userKey) throws PingError.Raised {
        if (!attribute.equals(settings.attribute())) {
            throw PingError.hashOfAnotherAttribute().raised();
        }
        return hashing.read(userKey)
                .orElseThrow(() -> PingError.notAHash(hashing).raised());
    }

    private List<UserId> find(String attribute, String key, int max) {
        return settings.hash().isPresent()
                ? userKeys.usersByHash(attribute, settings.hash().get(), key, max)
                : userKeys.users(attribute, key, max);
    }

    /**
     * Makes all empty answers take the same time. An unknown key is looked for in every user store, but a known user
     * may come from Keycloak's cache or from the first store. So the stores are asked for an unknown key also when a
     * user was found. The delay then fills the rest up to the next step.
     */
    private void spendTheTimeOfAMiss(KeyMatch match) {
        if (!match.users().isEmpty()) {
            List<UserId> unused = find(match.attribute(), UUID.randomUUID().toString(), 1);
        }
        delay.untilNextStep(match.startedAt());
    }
}
