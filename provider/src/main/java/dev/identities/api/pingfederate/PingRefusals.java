package dev.identities.api.pingfederate;

import dev.identities.api.ApiRequest;
import dev.identities.api.Refusals;
import dev.identities.text.LogText;
import java.util.List;
import java.util.Optional;

/** Refuses, in this API's words, a request that does not fit the table of routes. */
final class PingRefusals implements Refusals<PingError.Raised> {

    @Override
    public PingError.Raised noSuchPath(ApiRequest request) {
        return PingError.noSuchPath().raised();
    }

    @Override
    public PingError.Raised methodNotAllowed(ApiRequest request, List<String> allowed) {
        return PingError.methodNotAllowed(String.join(", ", allowed)).raised();
    }

    /** A client may send its credentials as a form. */
    @Override
    public Optional<PingError.Raised> unexpectedBody() {
        return Optional.empty();
    }

    /** The only parameter that anything here depends on is the user key. */
    @Override
    public PingError.Raised missingParameter(String name) {
        return PingError.noUserKey().raised();
    }

    @Override
    public PingError.Raised repeatedParameter(String name) {
        return PingError.repeatedParameter(LogText.clean(name)).raised();
    }

    @Override
    public PingError.Raised unknownParameter(String name, List<String> known) {
        return PingError.unknownParameter(LogText.clean(name)).raised();
    }
}
