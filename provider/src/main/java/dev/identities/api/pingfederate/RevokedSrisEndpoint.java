package dev.identities.api.pingfederate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.access.OAuthClientCaller;
import dev.identities.api.ApiRequest;
import dev.identities.api.Call;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationList;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
import dev.identities.settings.RevocationListSettings;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * {@code /revokedSris}: the revocation list, as gateways poll it. An SRI is any text here: PingFederate's documentation
 * shows one of another form than its session identifiers have.
 */
final class RevokedSrisEndpoint {

    /** The longest SRI taken. PingFederate's have 33 characters at most. */
    static final int MAX_SRI_LENGTH = 255;

    /** The longest body taken. It has room for the longest SRI with every character escaped. */
    static final int MAX_BODY_BYTES = 4_096;

    private final RevocationListSettings settings;
    private final RevocationList list;
    private final Revocations revocations;
    private final SriAudit audit;

    RevokedSrisEndpoint(PingFederateApi.Realm realm, SriAudit audit) {
        this.settings = realm.settings().revocationList();
        this.list = realm.revocationList();
        this.revocations = realm.revocations();
        this.audit = audit;
    }

    Response.ResponseBuilder ask(Call<OAuthClientCaller> call) throws PingError.Raised {
        String sri = requireUsable(call.variable("sri"));
        if (list.contains(sri)) {
            return Json.response(200, Map.of("id", sri));
        }
        return switch (settings.notListedStatus()) {
            case 200 -> Json.response(200, Map.of());
            case 204 -> Json.empty(204);
            default -> throw PingError.notListed().raised();
        };
    }

    /** Puts the SRI on the list first, so that gateways refuse it also if the session cannot be ended yet. */
    Response.ResponseBuilder add(Call<OAuthClientCaller> call) throws PingError.Raised, MalformedRequestException {
        String sri = sri(call.request());
        OAuthClientCaller client = call.caller();
        boolean added = list.add(sri);
        RevocationReport report = settings.endsSessions() && Sri.isKeycloaks(sri)
                ? revocations.session(sri, SessionsEndpoint.cause(client))
                : RevocationReport.NOTHING;
        if (added && report.auditable().isEmpty()) {
            audit.listed(client, sri);
        }
        if (report.anyFailed()) {
            throw PingError.storeFailed(report.count(Outcome.Status.FAILED)).raised();
        }
        return settings.createdStatus() == 204
                ? Json.empty(204)
                : Json.response(settings.createdStatus(), Map.of("id", sri));
    }

    private static String sri(ApiRequest request) throws PingError.Raised, MalformedRequestException {
        String type = request.header("Content-Type").orElse("").split(";", 2)[0].trim();
        if (!type.toLowerCase(Locale.ROOT).equals("application/json")) {
            throw PingError.jsonRequired().raised();
        }
        JsonNode body;
        try {
            body = Json.read(request.text(MAX_BODY_BYTES));
        } catch (JsonProcessingException e) {
            throw PingError.badBody().raised();
        }
        if (body.size() != 1 || !body.path("id").isTextual()) {
            throw PingError.badBody().raised();
        }
        return requireUsable(body.get("id").textValue());
    }

    private static String requireUsable(String sri) throws PingError.Raised {
        // JSON's escapes can write halves of characters, which have no bytes of their own to be compared by.
        boolean usable = !sri.isEmpty()
                && sri.length() <= MAX_SRI_LENGTH
                && sri.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(sri);
        if (!usable) {
            throw PingError.malformedSri().raised();
        }
        return sri;
    }
}
