package dev.identities.testbed;

import java.net.http.HttpResponse;

/** The server answered otherwise than the caller relies on. */
public final class UnexpectedStatus extends RuntimeException {

    private static final int BODY_SHOWN = 2000;

    private final int status;
    private final String body;

    UnexpectedStatus(HttpResponse<String> response) {
        super(response.request().method() + " " + response.request().uri() + " answered " + response.statusCode() + ": "
                + shortened(response.body()));
        this.status = response.statusCode();
        this.body = response.body();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The whole body. */
    public String body() {
        return body;
    }

    /** Status and OAuth error, for example {@code 400 invalid_grant}. */
    public String inShort() {
        return status + " " + Wire.parse(body).path("error").asText();
    }

    private static String shortened(String body) {
        return body.length() <= BODY_SHOWN ? body : body.substring(0, BODY_SHOWN) + "...";
    }
}
