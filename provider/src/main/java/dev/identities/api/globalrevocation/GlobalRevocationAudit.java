package dev.identities.api.globalrevocation;

import dev.identities.access.GlobalRevocationCaller;
import dev.identities.ending.RevocationReport;
import java.util.Optional;

/**
 * Records calls. The audit of each ended session is an {@link dev.identities.ending.EndingListener}.
 */
public interface GlobalRevocationAudit {

    /**
     * A caller named somebody, and this is what came of it.
     *
     * @param people the accounts that were found; zero when the answer was that there is none
     */
    void called(GlobalRevocationCaller caller, SubjectId subject, int people, RevocationReport report);

    /**
     * A call was refused before anything ended, or broke off. What had ended by then has records of its own.
     *
     * @param caller empty when the caller is not known
     * @param status of the answer
     * @param reason a word of ours, for example {@code expired}; nothing that the caller sent
     */
    void refused(Optional<GlobalRevocationCaller> caller, int status, String reason);
}
