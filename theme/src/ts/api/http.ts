import { SignInRequired } from "../auth/authorization";
import type { Context } from "../context";

/** The server said no. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  /** What our own API calls the refusal; empty where it is Keycloak's, or that of a proxy in between. */
  readonly code: string;

  constructor(status: number, message: string, code = "") {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether an error is the server's, with this status. */
export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}

/** What our own API says while it cannot reach the sessions: its database, for one, does not answer. */
export const UNAVAILABLE = "ERR_NGROK_503";

/** Whether asking again by itself is of no use. A server in trouble recovers; a permission does not come by itself. */
export function isFinal(error: unknown): boolean {
  return error instanceof SignInRequired || hasStatus(error, 403) || hasStatus(error, 404);
}

export interface Call {
  method?: "GET" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Calls the server as the administrator, and gives its JSON; undefined where it sends none. */
export async function call(context: Context, url: string, how: Call = {}): Promise<unknown> {
  const token = await context.getAccessToken();
  let response = await send(url, how, token);
  if (response.status === 401) {
    // Tokens may die before their time, for example when the server's keys change.
    response = await send(url, how, await context.getAccessToken(token));
  }
  const text = await response.text();
  if (!response.ok) {
    throw refusalIn(response.status, text);
  }
  return text === "" ? undefined : JSON.parse(text);
}

function send(url: string, { method = "GET", headers, body, signal }: Call, token: string): Promise<Response> {
  const json: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  return fetch(url, {
    method,
    headers: { ...headers, ...json, Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

/** What the server says about its refusal: ours and Keycloak's APIs name it differently. */
function refusalIn(status: number, text: string): ApiError {
  try {
    const answer = JSON.parse(text) as Record<string, unknown>;
    const message = answer["msg"] ?? answer["errorMessage"] ?? answer["error_description"] ?? answer["error"];
    const code = answer["error_code"];
    return new ApiError(status, typeof message === "string" ? message : "", typeof code === "string" ? code : "");
  } catch {
    return new ApiError(status, "");
  }
}
