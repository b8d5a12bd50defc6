package dev.identities.metrics;

import dev.identities.api.Answer;
import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** An API whose answers are metered. */
record WatchedApi(Meters meters, Meters.Mount mount, Api api) implements Api {

    @Override
    public Answer handle(ApiRequest request) {
        long start = System.nanoTime();
        Answer answer = api.handle(request);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        int status = answer.response().getStatus();
        meters.request(mount, status);
        if (isSuccess(status)) {
            answer.list().ifPresent(list -> meters.page(list, time));
        }
        return answer;
    }

    /** A page is read in full also where the caller turns out to have it. */
    private static boolean isSuccess(int status) {
        return status == Response.Status.OK.getStatusCode() || status == Response.Status.NOT_MODIFIED.getStatusCode();
    }
}
