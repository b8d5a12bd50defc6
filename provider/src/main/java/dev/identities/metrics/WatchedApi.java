package dev.identities.metrics;

import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** An API whose answers are metered. */
record WatchedApi(Meters meters, Meters.Face face, Function<ApiRequest, Optional<Meters.PagedList>> list, Api api)
        implements Api {

    @Override
    public Response handle(ApiRequest request) {
        long start = System.nanoTime();
        Response response = api.handle(request);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        meters.request(face, response.getStatus());
        if (response.getStatus() == Response.Status.OK.getStatusCode()) {
            list.apply(request).ifPresent(page -> meters.page(page, time));
        }
        return response;
    }
}
