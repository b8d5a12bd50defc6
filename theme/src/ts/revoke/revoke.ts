import { hasStatus } from "../api/http";
import type { IdentitiesApi } from "../api/identities";
import { keycloakUserId, type KeycloakApi } from "../api/keycloak";
import type { SessionReport } from "../api/types";
import type { Target } from "./target";

/** The administrator's decision. */
export interface Decision {
  /** For the audit; may be empty. */
  reason: string;
  /** Disable the accounts as well. */
  disable: boolean;
}

/** The outcome for a target. */
export interface Result {
  target: Target;
  /** Of the account, where it was to be disabled. */
  account?: Step;
  sessions: Step;
  reports: SessionReport[];
}

/** Whether a step was done, or else why not. */
export type Step = { done: true } | { done: false; error: unknown };

/**
 * Ends one target. The account is disabled first, because otherwise the person could sign in again in between. If that
 * fails, the sessions are ended all the same, because they are open now.
 */
export async function revoke(
  target: Target,
  decision: Decision,
  identities: IdentitiesApi,
  keycloak: KeycloakApi,
): Promise<Result> {
  const { user, session } = target;
  const account = decision.disable ? await step(() => keycloak.disableUser(keycloakUserId(user.id))) : undefined;
  let reports: SessionReport[] = [];
  const sessions = await step(async () => {
    const report = session
      ? await identities.revokeSession(session.id, decision.reason)
      : await identities.revokeUser(user.id, decision.reason);
    reports = report.sessions;
  });
  // Whose sessions ended in the meantime is as signed out as he was to be.
  const gone = !sessions.done && hasStatus(sessions.error, 404);
  return { target, ...(account ? { account } : {}), sessions: gone ? { done: true } : sessions, reports };
}

/** Whether all that was to be done is done. */
export function isComplete({ account, sessions, reports }: Result): boolean {
  return account?.done !== false && sessions.done && reports.every(({ status }) => status !== "failed");
}

async function step(action: () => Promise<void>): Promise<Step> {
  try {
    await action();
    return { done: true };
  } catch (error) {
    return { done: false, error };
  }
}
