package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The call that ends many sessions at once, and the dry run before it. */
public final class BulkCall {

    private BulkCall() {}

    /** The body of a call by a filter, without any other member. */
    public static ObjectNode body(String filter) {
        return JsonNodeFactory.instance.objectNode().put("filter", filter);
    }

    /** The answer to a call with this body. */
    public static Http.Answer revoke(Http caller, ObjectNode body) {
        return caller.postJson("/sessions/revoke", body.toString());
    }

    /** What a call by this filter would end. */
    public static JsonNode dryRun(Http caller, String filter) {
        Http.Answer answer = revoke(caller, body(filter).put("dry_run", true));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** Ends all that match: by a dry run, and a call with its ticket, whose answer this is. */
    public static Http.Answer endAll(Http caller, String filter, String reason) {
        String ticket = dryRun(caller, filter).get("ticket").asText();
        return revoke(caller, body(filter).put("ticket", ticket).put("reason", reason));
    }
}
