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
  /** Where the account was disabled: what there is still of its sessions. */
  left?: Left;
}

/**
 * The sessions of a disabled account that failed to end, or that the realm keeps. Keycloak refuses them for now, and
 * takes them again, with their tokens, when the account is enabled.
 */
export type Left = { count: number; more: boolean } | { error: unknown };

/** As many as the server gives at once. Beyond that it is enough to know that there are more. */
const COUNTED = "limit=100";

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
  const disable = decision.disable && user.account !== "transient";
  const account = disable ? await step(() => keycloak.disableUser(keycloakUserId(user.id))) : undefined;
  let reports: SessionReport[] = [];
  const sessions = await step(async () => {
    const report = session
      ? await identities.revokeSession(session.id, decision.reason)
      : await identities.revokeUser(user.id, decision.reason);
    reports = report.sessions;
  });
  // Whose sessions ended in the meantime is as signed out as he was to be.
  const gone = !sessions.done && hasStatus(sessions.error, 404);
  const result: Result = { target, sessions: gone ? { done: true } : sessions, reports };
  if (!account) {
    return result;
  }
  // No report names sessions that the realm keeps.
  return { ...result, account, ...(account.done ? { left: await leftOf(user.id, identities) } : {}) };
}

/** Whether all that was to be done is done. */
export function isComplete({ account, sessions, reports, left }: Result): boolean {
  const isOver = left === undefined || ("count" in left && left.count === 0 && !left.more);
  return account?.done !== false && sessions.done && isOver && reports.every(({ status }) => status !== "failed");
}

async function leftOf(userId: string, identities: IdentitiesApi): Promise<Left> {
  try {
    const { application_sessions: sessions, next_page_uri: next } = await identities.sessionsOf(userId, COUNTED);
    return { count: sessions.length, more: next !== null };
  } catch (error) {
    return hasStatus(error, 404) ? { count: 0, more: false } : { error };
  }
}

async function step(action: () => Promise<void>): Promise<Step> {
  try {
    await action();
    return { done: true };
  } catch (error) {
    return { done: false, error };
  }
}
