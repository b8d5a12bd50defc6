package dev.identities.api.ngrok;

import dev.identities.api.ApiRequest;
import dev.identities.api.Refusals;
import dev.identities.text.LogText;
import java.util.List;
import java.util.Optional;

/** Refuses, in ngrok's words, a request that does not fit the table of routes. */
final class NgrokRefusals implements Refusals<NgrokError.Raised> {

    @Override
    public NgrokError.Raised noSuchPath(ApiRequest request) {
        return NgrokError.noSuchPath(LogText.clean(request.rawPath())).raised();
    }

    /** ngrok answers a wrong method like an unknown path. */
    @Override
    public NgrokError.Raised methodNotAllowed(ApiRequest request, List<String> allowed) {
        return noSuchPath(request);
    }

    @Override
    public Optional<NgrokError.Raised> unexpectedBody() {
        return Optional.of(NgrokError.bodyNotExpected().raised());
    }

    @Override
    public NgrokError.Raised missingParameter(String name) {
        return NgrokError.missingParameter(name).raised();
    }

    @Override
    public NgrokError.Raised repeatedParameter(String name) {
        return NgrokError.repeatedParameter(name).raised();
    }

    @Override
    public NgrokError.Raised unknownParameter(String name, List<String> known) {
        return NgrokError.unknownParameter(name, known.isEmpty() ? "none" : String.join(", ", known))
                .raised();
    }
}
