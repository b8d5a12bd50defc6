import type { Context } from "../context";
import { type Answers, type Call, call } from "./http";
import type { RevocationReport, Session, SessionPage, User, UserPage } from "./types";

/** Empty pages that are passed over in one go. For each the server has looked at as much as it does for one. */
export const PASSED_OVER = 5;

/** The API behind the page: who is signed in, and how to end that. */
export class IdentitiesApi {
  private readonly context: Context;
  private readonly base: string;
  private readonly answers: Answers = new Map();

  constructor(context: Context) {
    this.context = context;
    this.base = `${context.adminBaseUrl}/admin/realms/${encodeURIComponent(context.realm)}/identities`;
  }

  /** A page of people. An empty page with a next one only means that no one was found so far. */
  users(query: string, signal?: AbortSignal): Promise<UserPage> {
    return this.page("/users", query, (page: UserPage) => page.application_users.length > 0, signal);
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
    return (await call(this.context, this.base + path, { ...how, headers: { "ngrok-version": "2" } })) as T;
  }
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
