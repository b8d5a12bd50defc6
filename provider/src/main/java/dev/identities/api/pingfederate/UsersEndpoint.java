package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.Call;
import dev.identities.api.Json;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
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
 * <p>An unknown key and a user without sessions are answered alike, by the same work: a client that may ask about
 * sessions does not thereby learn who has an account.
 */
final class UsersEndpoint {

    /** A key that more people share is not a key: neither a listing nor a revocation of them all is what was meant. */
    static final int MAX_USERS_PER_KEY = 100;

    /** Sessions shown per user; a script that signs in by the thousand shall not fill the answer. */
    static final int MAX_SESSIONS_SHOWN = 1_000;

    /** Stands in for a user when nobody has the key, so that the store is asked all the same. Nobody has this id. */
    private static final UserId NOBODY = new UserId("00000000-0000-0000-0000-000000000000");

    private static final String USER_KEY = "user_key";

    private final String realm;
    private final UserKeySettings settings;
    private final UserKeys userKeys;
    private final SessionCatalog catalog;
    private final Revocations revocations;
    private final PingRenderer renderer;
    private final RateLimit rateLimit;
    private final EmptyAnswerDelay delay;

    UsersEndpoint(PingFederateApi.Realm realm, PingRenderer renderer, RateLimit rateLimit, EmptyAnswerDelay delay) {
        this.realm = realm.name();
        this.settings = realm.settings().userKey();
        this.userKeys = realm.userKeys();
        this.catalog = realm.catalog();
        this.revocations = realm.revocations();
        this.renderer = renderer;
        this.rateLimit = rateLimit;
        this.delay = delay;
    }

    Response.ResponseBuilder query(Call<OAuthClientCaller> call) throws PingError.Raised {
        Lookup lookup = lookUp(call);
        List<Session> sessions = lookup.orNobody().stream()
                .flatMap(user -> catalog.mostRecentlyActive(user, MAX_SESSIONS_SHOWN).stream())
                .sorted(Comparator.comparing(Session::lastActive).reversed())
                .toList();
        if (sessions.isEmpty()) {
            spendTheTimeOfAMiss(lookup);
        }
        return Json.response(
                200, settings.answerAsArray() ? renderer.each(sessions) : renderer.latestAndEach(sessions));
    }

    Response.ResponseBuilder revoke(Call<OAuthClientCaller> call) throws PingError.Raised {
        Lookup lookup = lookUp(call);
        RevocationReport report = revocations.users(
                lookup.orNobody(), new Cause(call.caller(), Channel.PF_WS, Optional.of(lookup.key()), ""));
        if (report.anyFailed()) {
            throw PingError.storeFailed(report.count(Outcome.Status.FAILED)).raised();
        }
        if (report.outcomes().isEmpty()) {
            spendTheTimeOfAMiss(lookup);
        }
        return Json.empty(200);
    }

    /**
     * One question after people.
     *
     * @param key as it is compared
     * @param startedAt on the clock of the delay
     */
    private record Lookup(String attribute, String key, List<UserId> users, long startedAt) {

        List<UserId> orNobody() {
            return users.isEmpty() ? List.of(NOBODY) : users;
        }
    }

    private Lookup lookUp(Call<OAuthClientCaller> call) throws PingError.Raised {
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
        return new Lookup(attribute, key, users, start);
    }

    /** From the path, or from the query for proxies that refuse an encoded slash. */
    private static String userKey(Call<OAuthClientCaller> call) throws PingError.Raised {
        Optional<String> inQuery = call.query().first(USER_KEY);
        // A space to some and itself to others: an e-mail address with a plus sign would silently be nobody's.
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

    /** The hashes at hand are those of the realm's attribute: by another one a person would silently not be found. */
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
     * Makes all answers with nothing in them cost the same. A key that nobody has is looked for in every user store each
     * time, a user who was found may be in Keycloak's cache, or in the first store: so the stores are asked for a key that
     * nobody has in that case as well. What is left is made up to the next step.
     */
    private void spendTheTimeOfAMiss(Lookup lookup) {
        if (!lookup.users().isEmpty()) {
            List<UserId> unused = find(lookup.attribute(), UUID.randomUUID().toString(), 1);
        }
        delay.untilNextStep(lookup.startedAt());
    }
}
