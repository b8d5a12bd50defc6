package dev.identities.keycloak;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Work that waits until the transaction of a Keycloak session is committed. */
public final class AfterCommit {

    private AfterCommit() {}

    /** Runs the work after the commit; never if the transaction is rolled back. */
    public static void run(KeycloakSession session, Runnable work) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                work.run();
            }

            @Override
            protected void rollbackImpl() {
                // There is nothing to undo, because the work has not begun.
            }
        });
    }
}
