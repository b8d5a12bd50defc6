package dev.identities.finality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.testbed.UnexpectedStatus;

/** How a call was refused, in few words. */
final class Refusals {

    private static final JsonMapper JSON = new JsonMapper();

    private Refusals() {}

    /** Status and OAuth error of the refusal, for example {@code 400 invalid_grant}. */
    static String orAccess(Runnable call) {
        try {
            call.run();
            return Use.ACCESS;
        } catch (UnexpectedStatus refused) {
            return refused.status() + " " + error(refused.body());
        }
    }

    private static String error(String body) {
        try {
            return JSON.readTree(body).path("error").asText();
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
