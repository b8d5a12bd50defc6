package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.BulkCall;
import dev.identities.e2e.Http.Answer;
import dev.identities.testbed.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A bulk call by a filter that more sessions match than one call may end. */
class LargeBulkIT {

    /** As docs/ngrok-api.md says. */
    private static final int MAX_SESSIONS = 10_000;

    /** What is beyond the bound. These sessions are the oldest. */
    private static final int BEYOND = 20;

    /** How many copies are left for the call to end, because ending all takes long. */
    private static final int LEFT = 60;

    private static final String FILTER = "obj.auth_method == \"openid-connect\"";

    private static Person crowd;
    private static Tokens first;
    private static List<String> newest;
    private static List<String> oldest;

    @BeforeAll
    static void manySessions() {
        Tenant tenant = Tenant.create(Cluster.shared(), "large-bulk");
        crowd = tenant.person("crowd");
        first = crowd.signIn(Node.ONE);
        newest = Rows.copy(tenant, first.sessionId(), MAX_SESSIONS - 1, 0);
        oldest = Rows.copy(tenant, first.sessionId(), BEYOND, 60);
    }

    @Test
    @DisplayName("a ticket is for the newest 10,000 and no others, and what is gone of them is reported as gone")
    void beyondTheBound() {
        Tenant tenant = crowd.tenant();
        JsonNode preview = BulkCall.dryRun(tenant.app(Node.ONE), FILTER);
        assertThat(preview.get("sessions").asInt()).isEqualTo(MAX_SESSIONS);
        assertThat(preview.get("more").asBoolean()).isTrue();
        assertThat(preview.get("users").asInt()).isEqualTo(1);
        assertThat(preview.get("applications").asInt()).isEqualTo(1);
        assertThat(preview.get("identity_providers")).hasToString("{\"\":" + MAX_SESSIONS + "}");
        assertThat(preview.get("sample")).hasSize(20);
        assertThat(preview.get("reason_required").asBoolean()).isTrue();

        Tokens later = crowd.signIn(Node.TWO);
        Rows.delete(tenant, newest.subList(LEFT, newest.size()));
        ObjectNode call = BulkCall.body(FILTER)
                .put("ticket", preview.get("ticket").asText())
                .put("reason", "more than one call ends");
        Answer answer = BulkCall.revoke(tenant.app(Node.TWO), call);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        ObjectNode result = (ObjectNode) answer.json();
        List<String> ended = new ArrayList<>(newest.subList(0, LEFT));
        ended.add(first.sessionId());
        assertThat(result.remove("reports"))
                .allMatch(report -> report.get("status").asText().equals("revoked"))
                .extracting(report -> report.get("id").asText())
                .containsExactlyInAnyOrderElementsOf(ended);
        assertThat(result)
                .hasToString("{\"ended\":" + ended.size()
                        + ",\"already_gone\":" + (MAX_SESSIONS - ended.size())
                        + ",\"no_longer_matching\":0,\"new\":" + (BEYOND + 1)
                        + ",\"forbidden\":0,\"failed\":[],\"caller_left_out\":false,\"more\":false}");
        Set<String> rest = new TreeSet<>(oldest);
        rest.add(later.sessionId());
        assertThat(Rows.of(crowd)).isEqualTo(rest);
        for (Node node : Node.values()) {
            assertThat(tenant.lost(node, first)).isTrue();
            assertThat(tenant.backend(node).access(later).alive()).isTrue();
        }
        assertTheRestIsLeft(rest.size());
    }

    /** Another dry run is for those that the first one had no room for. */
    private static void assertTheRestIsLeft(int rest) {
        JsonNode again = BulkCall.dryRun(crowd.tenant().app(Node.ONE), FILTER);
        assertThat(again.get("sessions").asInt()).isEqualTo(rest);
        assertThat(again.get("more").asBoolean()).isFalse();
    }
}
