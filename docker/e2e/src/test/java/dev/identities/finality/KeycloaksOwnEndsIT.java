package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.finality.History.Promise;
import dev.identities.finality.Site.Person;
import dev.identities.finality.Site.Session;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session that Keycloak ends is over when all has been quiet for a second. */
class KeycloaksOwnEndsIT {

    static final String PARTNER = "own-ends-partner";

    private static final int ROUNDS = 3;

    private static Person victim;
    private static Person brokered;
    private static Session other;

    @BeforeAll
    static void realms() {
        Site site = Site.create(Testbed.server(), "own-ends");
        limitSessions(site.realm());
        victim = site.person("victim");
        brokered = new Person(site, "", "brokered");
        other = site.person("other").signIn(0);

        Realm partner = Testbed.realm(PARTNER);
        partner.user("brokered", "brokered");
        site.realm().identityProvider(PARTNER, partner, Map.of());
        String told = Testbed.server().url() + "/realms/own-ends/protocol/openid-connect/logout/backchannel-logout";
        partner.clientAttribute("broker-own-ends", "backchannel.logout.url", told);
        partner.clientAttribute("broker-own-ends", "backchannel.logout.session.required", "true");
    }

    /** Whoever signs in by direct grant has only that session then. */
    private static void limitSessions(Realm realm) {
        String flows = realm.path("/authentication/flows");
        realm.admin().post(flows + "/direct%20grant/copy", Map.of("newName", "limited"));
        realm.admin().post(flows + "/limited/executions/execution", Map.of("provider", "user-session-limits"));
        for (JsonNode execution : realm.admin().get(flows + "/limited/executions")) {
            if (execution.path("providerId").asText().equals("user-session-limits")) {
                require(realm, (ObjectNode) execution);
            }
        }
        realm.update(Map.of("directGrantFlow", "limited"));
    }

    private static void require(Realm realm, ObjectNode limit) {
        // All members: without its priority it would come before the user is known.
        realm.admin().put(realm.path("/authentication/flows/limited/executions"), limit.put("requirement", "REQUIRED"));
        String id = limit.get("id").asText();
        realm.admin()
                .post(
                        realm.path("/authentication/executions/" + id + "/config"),
                        Map.of(
                                "alias",
                                "one session",
                                "config",
                                Map.of(
                                        "behavior", "Terminate oldest session",
                                        "userRealmLimit", "1",
                                        "userClientLimit", "0")));
    }

    private static Person who(KeycloaksEnd end) {
        return end == KeycloaksEnd.IDENTITY_PROVIDER ? brokered : victim;
    }

    @ParameterizedTest
    @EnumSource(KeycloaksEnd.class)
    @DisplayName("a session that nobody uses is over when Keycloak has ended it")
    void unused(KeycloaksEnd end) {
        Session session = end.signIn(who(end));

        end.of(session).run();

        assertThat(History.accesses(session, Set.of(session.tokens()), 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeycloaksEnd.class)
    @DisplayName("nothing of a session that many use works when all has been quiet for a second")
    void history(KeycloaksEnd end) {
        Rounds.play(end.toString(), ROUNDS, round -> {
            Session session = end.signIn(who(end));
            return History.of(session, other, Promise.WHEN_QUIET, end.of(session));
        });
    }
}
