package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** The call that ends many sessions at once, and the dry run before it. */
public final class BulkCall {

    private static final String PATH = "/sessions/revoke";

    private BulkCall() {}

    /** The body of a call by a filter, without any other member. */
    public static ObjectNode body(String filter) {
        return JsonNodeFactory.instance.objectNode().put("filter", filter);
    }

    /** The answer to a call with this body. */
    public static Http.Answer revoke(Http caller, ObjectNode body) {
        return caller.postJson(PATH, body.toString());
    }

    /**
     * The same for a caller who is told of the progress: the lines of the answer, as they come. Asking for a line fails
     * when the connection breaks.
     */
    public static Iterator<String> lines(Http caller, ObjectNode body) throws IOException, InterruptedException {
        Http lines = caller.with("Content-Type", "application/json").with("Accept", "application/x-ndjson");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(lines.base() + PATH))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        lines.headers().forEach(request::header);
        HttpResponse<Stream<String>> answer = lines.client().send(request.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().iterator();
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
