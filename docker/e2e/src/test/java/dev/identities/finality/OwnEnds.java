package dev.identities.finality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.finality.History.Promise;
import dev.identities.finality.Site.Person;
import dev.identities.finality.Site.Session;
import dev.identities.testbed.Realm;
import java.util.Map;

/** A realm in which Keycloak itself ends sessions in every {@linkplain KeycloaksEnd way}, while they are used. */
public final class OwnEnds {

    /** The alias of the identity provider, and the name of its realm. */
    public static final String PARTNER = "own-ends-partner";

    private final Person victim;
    private final Person brokered;
    private final Session other;

    private OwnEnds(Site site) {
        victim = site.person("victim");
        brokered = new Person(site, "", "brokered");
        other = site.person("other").signIn(0);
    }

    /**
     * Prepares a realm.
     *
     * @param partner a realm of the same server, whose people may sign in here; it tells this realm of their logout
     */
    public static OwnEnds create(Site site, Realm partner) {
        limitSessions(site.realm());
        OwnEnds ends = new OwnEnds(site);
        partner.user("brokered", "brokered");
        site.realm().identityProvider(PARTNER, partner, Map.of());
        String broker = "broker-" + site.realm().name();
        String told = site.nodes().get(0) + "/realms/" + site.realm().name()
                + "/protocol/openid-connect/logout/backchannel-logout";
        partner.clientAttribute(broker, "backchannel.logout.url", told);
        partner.clientAttribute(broker, "backchannel.logout.session.required", "true");
        return ends;
    }

    /** A direct grant leaves its user with the new session only. */
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

    /** A session that can be ended so, which nobody uses yet. */
    Session signIn(KeycloaksEnd end) {
        return end.signIn(end == KeycloaksEnd.IDENTITY_PROVIDER ? brokered : victim);
    }

    /** Plays rounds in which many use the session on all nodes, and which fail if anything works when all is quiet. */
    public void play(KeycloaksEnd end, int rounds) {
        Rounds.play(end + ", nodes: " + victim.site().nodes().size(), rounds, round -> {
            Session session = signIn(end);
            return History.of(session, other, Promise.WHEN_QUIET, end.of(session));
        });
    }
}
