package dev.identities.api.ngrok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiRequest;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.bulk.BulkRevocation;
import dev.identities.session.NamedSession;
import dev.identities.text.LogText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The body of a bulk call. It ends sessions, so whatever is unknown, repeated or of another type is refused.
 *
 * @param filter untrusted; empty when ids are given
 * @param ids each once; empty when a filter is given
 * @param ticket as {@code tkt_...}, untrusted; only with a filter, and not for a dry run
 * @param all whether the filter may match all sessions
 */
record BulkRequest(
        Optional<String> filter,
        List<NamedSession> ids,
        boolean dryRun,
        Optional<String> ticket,
        boolean all,
        BulkRevocation.CallOptions options) {

    /** A ticket for 10,000 sessions is shorter than 350,000 characters. */
    static final int MAX_BODY_BYTES = 512 * 1024;

    private static final String FILTER = "filter";
    private static final String IDS = "ids";
    private static final String REASON = "reason";
    private static final String DRY_RUN = "dry_run";
    private static final String TICKET = "ticket";
    private static final String ALL = "all";
    private static final String INCLUDE_SELF = "include_self";

    private static final Set<String> TEXTS = Set.of(FILTER, REASON, TICKET);
    private static final Set<String> SWITCHES = Set.of(DRY_RUN, ALL, INCLUDE_SELF);

    private static final Pattern TICKET_FORM = Pattern.compile("tkt_[A-Za-z0-9_-]+");

    /** It refuses a member that is there twice, and text behind the object. */
    static BulkRequest read(ApiRequest request) throws NgrokError.Raised, MalformedRequestException {
        JsonNode body = body(request);
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            requireKnown(member.getKey(), member.getValue());
        }
        Optional<String> filter = text(body, FILTER);
        Optional<String> ticket = text(body, TICKET);
        boolean dryRun = isTrue(body, DRY_RUN);
        require(filter.isPresent() != body.has(IDS), "it needs exactly one of filter and ids");
        require(filter.isPresent() || ticket.isEmpty(), "a ticket goes with a filter, not with ids");
        require(filter.isPresent() || !isTrue(body, ALL), "all goes with a filter, not with ids");
        require(!dryRun || ticket.isEmpty(), "a dry run gives a ticket and takes none");
        require(
                filter.isEmpty() || dryRun || ticket.isPresent(),
                "a filter needs dry_run, or the ticket that a dry run with it gave");
        require(ticket.isEmpty() || TICKET_FORM.matcher(ticket.get()).matches(), "ticket has not the form of one");
        String reason = text(body, REASON).orElse("");
        if (reason.length() > NgrokApi.MAX_REASON) {
            throw NgrokError.reasonTooLong().raised();
        }
        return new BulkRequest(
                filter,
                body.has(IDS) ? ids(body.get(IDS)) : List.of(),
                dryRun,
                ticket,
                isTrue(body, ALL),
                new BulkRevocation.CallOptions(reason, isTrue(body, INCLUDE_SELF)));
    }

    private static JsonNode body(ApiRequest request) throws NgrokError.Raised, MalformedRequestException {
        String type = request.header("Content-Type").orElse("").split(";", 2)[0].trim();
        require(type.toLowerCase(Locale.ROOT).equals("application/json"), "its Content-Type must be application/json");
        JsonNode body;
        try {
            body = Json.read(request.text(MAX_BODY_BYTES));
        } catch (JsonProcessingException e) {
            throw NgrokError.badBody("it is not JSON, or has a member twice").raised();
        }
        require(body.isObject(), "it must be a JSON object");
        return body;
    }

    private static void requireKnown(String name, JsonNode value) throws NgrokError.Raised {
        if (TEXTS.contains(name)) {
            require(value.isTextual(), name + " must be a text");
        } else if (SWITCHES.contains(name)) {
            require(value.isBoolean(), name + " must be true or false");
        } else {
            require(name.equals(IDS), "member unknown here: " + LogText.clean(name));
        }
    }

    private static List<NamedSession> ids(JsonNode array) throws NgrokError.Raised {
        boolean fits = array.isArray() && !array.isEmpty() && array.size() <= BulkRevocation.MAX_IDS;
        require(fits, "ids must be a list of 1 to " + BulkRevocation.MAX_IDS + " session ids");
        List<NamedSession> ids = new ArrayList<>();
        for (JsonNode id : array) {
            Optional<NamedSession> named = Optional.ofNullable(id.textValue()).flatMap(NamedSession::parse);
            require(named.isPresent(), "ids has something that is no session id: " + LogText.clean(id.asText()));
            ids.add(named.get());
        }
        return ids.stream().distinct().toList();
    }

    private static Optional<String> text(JsonNode body, String name) {
        return Optional.ofNullable(body.path(name).textValue());
    }

    private static boolean isTrue(JsonNode body, String name) {
        return body.path(name).booleanValue();
    }

    private static void require(boolean fits, String otherwise) throws NgrokError.Raised {
        if (!fits) {
            throw NgrokError.badBody(otherwise).raised();
        }
    }
}
