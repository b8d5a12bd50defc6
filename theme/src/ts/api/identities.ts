import type { Context } from "../context";
import { type Answers, ApiError, type Call, call, callForLines } from "./http";
import type {
  BulkLine,
  BulkProgress,
  BulkReport,
  DryRun,
  RevocationReport,
  Session,
  SessionPage,
  User,
  UserPage,
} from "./types";

/** Pages after the first that are read in one go. For each the server looks at as much as it does for one. */
export const PASSED_OVER = 5;

const VERSION = { "ngrok-version": "2" };

/** The API behind the page: who is signed in, and how to end that. */
export class IdentitiesApi {
  private readonly context: Context;
  private readonly base: string;
  private readonly answers: Answers = new Map();

  constructor(context: Context) {
    this.context = context;
    this.base = `${context.adminBaseUrl}/admin/realms/${encodeURIComponent(context.realm)}/identities`;
  }

  /** A page of people. A short one with a next one only means that no more were found so far. */
  users(query: string, signal?: AbortSignal): Promise<UserPage> {
    return this.get(`/users?${query}`, signal);
  }

  /** A page of all sessions, newest first. It may be short as one of people may. */
  sessions(query: string, signal?: AbortSignal): Promise<SessionPage> {
    return this.get(`/sessions?${query}`, signal);
  }

  /** Where this API is. */
  address(path: string): string {
    return this.base + path;
  }

  /** Counts the sessions that match, and ends none. */
  dryRun(filter: string, all: boolean, signal?: AbortSignal): Promise<DryRun> {
    return this.send("/sessions/revoke", { method: "POST", body: { ...matching(filter, all), dry_run: true }, signal });
  }

  /** Ends those that were counted and match still. Where it is given up, the server stops after those in hand. */
  async revokeMatching(
    { filter, all, ticket, reason, includeSelf }: BulkDecision,
    onProgress: (progress: BulkProgress) => void,
    signal: AbortSignal,
  ): Promise<BulkReport> {
    let report: BulkReport | undefined;
    const body = {
      ...matching(filter, all),
      ticket,
      ...(reason ? { reason } : {}),
      ...(includeSelf ? { include_self: true } : {}),
    };
    const headers = { ...VERSION, Accept: "application/x-ndjson" };
    const how = { method: "POST", headers, body, signal } as const;
    await callForLines(this.context, this.address("/sessions/revoke"), how, (line) => {
      const { progress, result, error } = line as BulkLine;
      if (error) {
        throw new ApiError(error.status_code, error.msg, error.error_code);
      }
      report = result ?? report;
      if (progress) {
        onProgress(progress);
      }
    });
    if (!report) {
      throw new TypeError("The answer ended before its result.");
    }
    return report;
  }

  user(id: string, signal?: AbortSignal): Promise<User> {
    return this.get(`/users/${encodeURIComponent(id)}`, signal);
  }

  /** A page of a person's sessions, newest first. */
  sessionsOf(userId: string, query: string, signal?: AbortSignal): Promise<SessionPage> {
    const path = `/users/${encodeURIComponent(userId)}/sessions`;
    return this.page(path, query, (page: SessionPage) => page.application_sessions.length > 0, signal);
  }

  session(id: string, signal?: AbortSignal): Promise<Session> {
    return this.get(`/sessions/${encodeURIComponent(id)}`, signal);
  }

  /** Ends all sessions of a person. */
  revokeUser(id: string, reason: string): Promise<RevocationReport> {
    return this.revoke(`/users/${encodeURIComponent(id)}`, reason);
  }

  revokeSession(id: string, reason: string): Promise<RevocationReport> {
    return this.revoke(`/sessions/${encodeURIComponent(id)}`, reason);
  }

  private revoke(path: string, reason: string): Promise<RevocationReport> {
    const query = new URLSearchParams({ report: "true", ...(reason ? { reason } : {}) });
    return this.send(`${path}?${query.toString()}`, { method: "DELETE" });
  }

  /**
   * A page of a list; the query is one that we make, or that of the page before. The server may give an empty page and
   * where to look on, because it reads a bounded number of rows for each. Such pages are passed over for a while.
   */
  private async page<T extends { next_page_uri: string | null }>(
    path: string,
    query: string,
    holdsRows: (page: T) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    let page = await this.get<T>(`${path}?${query}`, signal);
    for (let passed = 0, next = nextQuery(page); next !== undefined && passed < PASSED_OVER; passed++) {
      if (holdsRows(page)) {
        break;
      }
      page = await this.get<T>(`${path}?${next}`, signal);
      next = nextQuery(page);
    }
    return page;
  }

  private get<T>(path: string, signal: AbortSignal | undefined): Promise<T> {
    return this.send(path, { signal, answers: this.answers });
  }

  private async send<T>(path: string, how: Call): Promise<T> {
    return (await call(this.context, this.base + path, { ...how, headers: VERSION })) as T;
  }
}

/** What to end, as the administrator has decided it. */
export interface BulkDecision {
  filter: string;
  /** Whether every session of the realm is meant; the server takes no empty filter without it. */
  all: boolean;
  ticket: string;
  /** May be empty. */
  reason: string;
  includeSelf: boolean;
}

function matching(filter: string, all: boolean): Record<string, unknown> {
  return { filter, ...(all ? { all: true } : {}) };
}

/**
 * The query of the page after this one; undefined on the last. The address itself may name another host than the one
 * that this page may talk to.
 */
export function nextQuery(page: { next_page_uri: string | null }): string | undefined {
  return page.next_page_uri === null ? undefined : (page.next_page_uri.split("?")[1] ?? "");
}

/**
 * Keycloak's own id in one of ours: what tokens, events and logs call the session. Before it stand `ses_`, the second of
 * its creation, and a letter.
 */
export function sidOf(sessionId: string): string {
  return sessionId.replace(/^ses_[0-9a-f]{8}[a-f]/, "");
}
