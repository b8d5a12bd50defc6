package dev.identities.api.globalrevocation;

import dev.identities.access.GlobalRevocationCaller;
import dev.identities.access.IdentityProviderCaller;
import dev.identities.access.OAuthClientCaller;
import dev.identities.api.Call;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Ends all sessions of the person whom a caller names. */
final class RevocationHandler {

    /** The most accounts that may share an identifier. Beyond that the call is refused, because it cannot mean all. */
    static final int MAX_PEOPLE = 100;

    private final GlobalRevocationApi.Realm realm;

    RevocationHandler(GlobalRevocationApi.Realm realm) {
        this.realm = realm;
    }

    /**
     * Answers 204 only when every session of every account that was named is gone. What is raised is refused; what comes
     * of a call that the audit has is returned.
     */
    Response.ResponseBuilder revoke(Call<GlobalRevocationCaller> call)
            throws GlobalRevocationError.Raised, MalformedRequestException {
        GlobalRevocationCaller caller = call.caller();
        SubjectId subject = RevocationRequest.subject(call.request());
        List<UserId> people = people(caller, subject);
        if (people.size() > MAX_PEOPLE) {
            throw GlobalRevocationError.tooManyPeople(MAX_PEOPLE).raised();
        }
        boolean keepsSome = !realm.settings().revokeOfflineSessions() && anyOffline(people);
        RevocationReport report = people.isEmpty()
                ? RevocationReport.NOTHING
                : realm.revocations()
                        .users(people, new Cause(caller, Channel.GLOBAL_REVOCATION, Optional.of(subject.value()), ""));
        realm.audit().called(caller, subject, people.size(), report);
        if (!realm.subjects().foundAll()) {
            return GlobalRevocationError.notAllSearched().response();
        }
        if (people.isEmpty()) {
            return GlobalRevocationError.noSuchPerson().response();
        }
        if (report.anyFailed()) {
            return GlobalRevocationError.notAllEnded(report.count(Outcome.Status.FAILED))
                    .response();
        }
        if (keepsSome) {
            return GlobalRevocationError.offlineKept().response();
        }
        return Json.empty(204);
    }

    private List<UserId> people(GlobalRevocationCaller caller, SubjectId subject) {
        if (caller instanceof IdentityProviderCaller provider) {
            return realm.subjects().linkedTo(provider, subject, MAX_PEOPLE + 1);
        }
        return realm.subjects().all(subject, MAX_PEOPLE + 1);
    }

    private boolean anyOffline(List<UserId> people) {
        return people.stream()
                .flatMap(user -> realm.catalog().refs(user).stream())
                .anyMatch(session -> session.kind() == SessionKind.OFFLINE);
    }

    /** The caller's switch. A client needs the realm's too, as for PingFederate's calls by user. */
    void requireAllowed(GlobalRevocationCaller caller) throws GlobalRevocationError.Raised {
        if (caller instanceof IdentityProviderCaller provider
                && !provider.settings().globalTokenRevocation()) {
            throw GlobalRevocationError.providerNotAllowed().raised();
        }
        if (caller instanceof OAuthClientCaller client
                && !(realm.settings().sessionManagementApi()
                        && client.settings().sessionManagementApi())) {
            throw GlobalRevocationError.clientNotAllowed().raised();
        }
    }
}
