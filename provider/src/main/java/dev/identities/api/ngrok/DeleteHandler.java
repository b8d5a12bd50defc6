package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.api.Answer;
import dev.identities.api.Json;
import dev.identities.api.Query;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Ends sessions, for one caller. */
final class DeleteHandler {

    private static final String REASON = "reason";
    private static final String REPORT = "report";

    /** The parameters of every call that ends sessions. */
    static final List<String> PARAMETERS = List.of(REASON, REPORT);

    private final SessionCatalog catalog;
    private final Revocations revocations;
    private final AdminCaller caller;
    private final ResourceLookup lookup;
    private final NgrokRenderer renderer;

    DeleteHandler(SessionCatalog catalog, Revocations revocations, AdminCaller caller, NgrokRenderer renderer) {
        this.catalog = catalog;
        this.revocations = revocations;
        this.caller = caller;
        this.lookup = new ResourceLookup(catalog, caller);
        this.renderer = renderer;
    }

    /**
     * How a session is to be ended.
     *
     * @param reason the caller's words, possibly empty; untrusted
     * @param report whether the answer has the outcome for each session
     */
    record DeleteOptions(String reason, boolean report) {

        static DeleteOptions of(Query query) throws NgrokError.Raised {
            String reason = query.first(REASON).orElse("");
            if (reason.length() > NgrokApi.MAX_REASON) {
                throw NgrokError.reasonTooLong().raised();
            }
            String report = query.first(REPORT).orElse("false");
            if (!List.of("true", "false").contains(report)) {
                throw NgrokError.reportNotABoolean(report).raised();
            }
            return new DeleteOptions(reason, report.equals("true"));
        }
    }

    Response.ResponseBuilder user(String id, Query query) throws NgrokError.Raised {
        DeleteOptions options = DeleteOptions.of(query);
        UserId user = lookup.userToSignOut(id);
        requireManage(user);
        RevocationReport report = revocations.users(List.of(user), cause(options));
        if (report.outcomes().isEmpty() && catalog.identity(user).isPresent()) {
            throw NgrokError.onlyOfflineLeft().raised();
        }
        return ended(report, options);
    }

    Response.ResponseBuilder session(String id, Query query) throws NgrokError.Raised {
        DeleteOptions options = DeleteOptions.of(query);
        SessionRef session = lookup.sessionToEnd(id);
        requireManage(session.userId());
        return ended(revocations.session(session, cause(options)), options);
    }

    private Cause cause(DeleteOptions options) {
        return new Cause(caller, Channel.APP, Optional.empty(), options.reason());
    }

    private void requireManage(UserId user) throws NgrokError.Raised {
        if (!caller.mayManage(user)) {
            throw NgrokError.notPermitted().raised();
        }
    }

    private Response.ResponseBuilder ended(RevocationReport report, DeleteOptions options) throws NgrokError.Raised {
        boolean failed = report.anyFailed();
        if (failed && !options.report()) {
            throw NgrokError.notAllEnded(report.count(Outcome.Status.FAILED)).raised();
        }
        if (!failed && report.count(Outcome.Status.REVOKED) == 0) {
            throw NgrokError.notFound().raised();
        }
        return options.report()
                // Also after a failure, because only the report says which parties were told of the ended sessions.
                ? Json.response(failed ? Answer.MULTI_STATUS : 200, renderer.report(report))
                : Response.noContent().header("Cache-Control", "no-cache, no-store");
    }
}
