package dev.identities.api.globalrevocation;

import dev.identities.api.ApiRequest;
import dev.identities.api.Refusals;
import dev.identities.text.LogText;
import java.util.List;
import java.util.Optional;

/** Refuses, in this API's words, a request that does not fit the table of routes. */
final class GlobalRevocationRefusals implements Refusals<GlobalRevocationError.Raised> {

    @Override
    public GlobalRevocationError.Raised noSuchPath(ApiRequest request) {
        return GlobalRevocationError.noSuchPath().raised();
    }

    @Override
    public GlobalRevocationError.Raised methodNotAllowed(ApiRequest request, List<String> allowed) {
        return noSuchPath(request);
    }

    @Override
    public Optional<GlobalRevocationError.Raised> unexpectedBody() {
        return Optional.of(GlobalRevocationError.invalid("no body is expected").raised());
    }

    @Override
    public GlobalRevocationError.Raised missingParameter(String name) {
        return GlobalRevocationError.invalid("a parameter is needed: " + name).raised();
    }

    @Override
    public GlobalRevocationError.Raised repeatedParameter(String name) {
        return GlobalRevocationError.invalid("a parameter was given more than once: " + LogText.clean(name))
                .raised();
    }

    @Override
    public GlobalRevocationError.Raised unknownParameter(String name, List<String> known) {
        return GlobalRevocationError.invalid("unknown parameter: " + LogText.clean(name))
                .raised();
    }
}
