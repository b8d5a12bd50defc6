package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.api.Answer;
import dev.identities.api.ApiRequest;
import dev.identities.api.ClientConnection;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.api.Outage;
import dev.identities.bulk.BulkFilter;
import dev.identities.bulk.BulkRefusedException;
import dev.identities.bulk.BulkReport;
import dev.identities.bulk.BulkRevocation;
import dev.identities.bulk.Plan;
import dev.identities.bulk.Preview;
import dev.identities.bulk.Progress;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Ends many sessions by one call, for one caller. */
final class BulkHandler {

    /** One JSON object a line (https://github.com/ndjson/ndjson-spec). */
    private static final String LINES = "application/x-ndjson";

    private static final Logger LOG = Logger.getLogger(BulkHandler.class);

    private final BulkRevocation bulk;
    private final Filters filters;
    private final AdminCaller caller;
    private final NgrokRenderer renderer;

    /** Reads filters. */
    @FunctionalInterface
    interface Filters {
        BulkFilter read(String text) throws NgrokError.Raised;
    }

    BulkHandler(BulkRevocation bulk, Filters filters, AdminCaller caller, NgrokRenderer renderer) {
        this.bulk = bulk;
        this.filters = filters;
        this.caller = caller;
        this.renderer = renderer;
    }

    Response.ResponseBuilder revoke(ApiRequest request) throws NgrokError.Raised, MalformedRequestException {
        BulkRequest asked = BulkRequest.read(request);
        Optional<BulkFilter> filter = filter(asked);
        if (asked.dryRun()) {
            Preview preview =
                    filter.isPresent() ? bulk.preview(filter.get(), caller) : bulk.preview(asked.ids(), caller);
            return Json.response(200, renderer.preview(preview, bulk.needsReason(preview.sessions())));
        }
        Plan plan = plan(asked, filter);
        Cause cause =
                new Cause(caller, Channel.APP, Optional.empty(), asked.options().reason());
        if (wantsLines(request)) {
            return Json.empty(200)
                    .type(LINES)
                    // nginx collects an answer unless it is told not to.
                    .header("X-Accel-Buffering", "no")
                    .entity((StreamingOutput) out -> lines(out, plan, cause));
        }
        BulkReport report = bulk.end(plan, cause, Progress.UNHEARD);
        return Json.response(report.failures().isEmpty() ? 200 : Answer.MULTI_STATUS, renderer.result(report));
    }

    private Optional<BulkFilter> filter(BulkRequest asked) throws NgrokError.Raised {
        if (asked.filter().isEmpty()) {
            return Optional.empty();
        }
        BulkFilter filter = filters.read(asked.filter().get());
        if (filter.matchesAll() && !asked.all()) {
            throw NgrokError.badBody("the filter matches all sessions of the realm: say \"all\":true if that is meant")
                    .raised();
        }
        return Optional.of(filter);
    }

    private Plan plan(BulkRequest asked, Optional<BulkFilter> filter) throws NgrokError.Raised {
        try {
            return filter.isPresent()
                    ? bulk.plan(filter.get(), asked.ticket().orElseThrow(), asked.options(), caller)
                    : bulk.plan(asked.ids(), asked.options(), caller);
        } catch (BulkRefusedException refused) {
            throw NgrokError.bulkRefused(refused.reason()).raised();
        }
    }

    private static boolean wantsLines(ApiRequest request) {
        return request.headers().apply("Accept").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(range -> range.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                .anyMatch(LINES::equals);
    }

    /** The session of the request is open until this returns. */
    private void lines(OutputStream out, Plan plan, Cause cause) throws IOException {
        try {
            BulkReport report = bulk.end(plan, cause, (done, of) -> told(out, done, of));
            write(out, new NgrokJson.BulkResultLine(renderer.result(report)));
        } catch (RuntimeException e) {
            String operation = OperationId.random();
            LOG.errorf(e, "A bulk call broke off: operation %s", operation);
            NgrokError error = Outage.isBehind(e) ? NgrokError.unavailable() : NgrokError.internal();
            write(
                    out,
                    new NgrokJson.BulkErrorLine(new NgrokJson.Failure(
                            "ERR_NGROK_" + error.code(),
                            error.status(),
                            error.message(),
                            Map.of("operation_id", operation))));
        }
    }

    /** False when the caller has closed the connection. */
    private static boolean told(OutputStream out, int done, int of) {
        try {
            write(out, new NgrokJson.BulkProgressLine(new NgrokJson.BulkProgress(done, of)));
            if (!ClientConnection.isClosed()) {
                return true;
            }
        } catch (IOException closed) {
            LOG.debug("The progress of a bulk call could not be told", closed);
        }
        LOG.infof("The caller of a bulk call has gone: it stops after %d of %d sessions", done, of);
        return false;
    }

    private static void write(OutputStream out, Object line) throws IOException {
        out.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
