import type { Context } from "../context";
import { type Call, call } from "./http";
import type { RevocationReport, Session, SessionPage, User, UserPage } from "./types";

/** Empty pages that are passed over in one go. For each the server has looked at as much as it does for one. */
export const PASSED_OVER = 5;

/** The API behind the page: who is signed in, and how to end that. */
export class IdentitiesApi {
  private readonly context: Context;
  private readonly base: string;

  constructor(context: Context) {
    this.context = context;
    this.base = `${context.adminBaseUrl}/admin/realms/${encodeURIComponent(context.realm)}/identities`;
  }

  /**
   * A page of people; the query is one that we make, or that of the page before. A search may give an empty page and
   * where to search on, which is done for a while; an empty answer with a next page says no more than nobody so far.
   */
  async users(query: string, signal?: AbortSignal): Promise<UserPage> {
    let next: string | undefined = query;
    let page: UserPage = { application_users: [], next_page_uri: null };
    for (let passed = 0; next !== undefined && page.application_users.length === 0 && passed <= PASSED_OVER; passed++) {
      page = await this.get(`/users?${next}`, signal);
      next = nextQuery(page);
    }
    return page;
  }

  user(id: string, signal?: AbortSignal): Promise<User> {
    return this.get(`/users/${encodeURIComponent(id)}`, signal);
  }

  /** A page of a person's sessions, newest first. */
  sessionsOf(userId: string, query: string, signal?: AbortSignal): Promise<SessionPage> {
    return this.get(`/users/${encodeURIComponent(userId)}/sessions?${query}`, signal);
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

  private get<T>(path: string, signal: AbortSignal | undefined): Promise<T> {
    return this.send(path, { signal });
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
