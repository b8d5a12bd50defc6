import { SignInRequired } from "../auth/authorization";
import type { Context } from "../context";

/** The server said no. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  /** The code of a refusal by our own API; empty for a refusal by Keycloak or by a proxy. */
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

/** The code of our own API while it cannot reach the sessions, for example because the database does not answer. */
export const UNAVAILABLE = "ERR_NGROK_503";

/** The code of our own API for a filter that it does not take. */
export const BAD_FILTER = "ERR_NGROK_250";

/** Whether the server does not take the filter. */
export function isBadFilter(error: unknown): boolean {
  return error instanceof ApiError && error.code === BAD_FILTER;
}

/** Whether asking again by itself is of no use. A server in trouble recovers; a permission does not come by itself. */
export function isFinal(error: unknown): boolean {
  return error instanceof SignInRequired || hasStatus(error, 403) || hasStatus(error, 404) || isBadFilter(error);
}

/** The last answers to some questions, by their URLs, each with the tag by which the server knows it again. */
export type Answers = Map<string, { tag: string; body: unknown }>;

/** Of each page that is looked at there are a few; what was looked at before need not be remembered. */
const REMEMBERED = 10;

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Where answers are remembered. One that has not changed is not sent again, and is the same object. */
  answers?: Answers;
}

/** Calls the server as the administrator, and gives its JSON; undefined where it sends none. */
export async function call(context: Context, url: string, how: Call = {}): Promise<unknown> {
  const known = how.answers?.get(url);
  const conditional = known ? { ...how, headers: { ...how.headers, "If-None-Match": known.tag } } : how;
  const response = await sendAsAdministrator(context, url, conditional);
  if (known && response.status === 304) {
    return known.body;
  }
  const text = await response.text();
  if (!response.ok) {
    throw refusalIn(response.status, text);
  }
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  const tag = response.headers.get("ETag");
  if (how.answers && tag) {
    remember(how.answers, url, { tag, body });
  }
  return body;
}

/**
 * Calls the server as `call` does, and hands over each line of an answer of JSON lines as it comes.
 *
 * @throws TypeError when the connection ends before the answer does
 */
export async function callForLines(
  context: Context,
  url: string,
  how: Call,
  onLine: (line: unknown) => void,
): Promise<void> {
  const response = await sendAsAdministrator(context, url, how);
  if (!response.ok || !response.body) {
    throw refusalIn(response.status, await response.text());
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (let read = await reader.read(); ; read = await reader.read()) {
    rest += read.done ? decoder.decode() : decoder.decode(read.value, { stream: true });
    const lines = rest.split("\n");
    rest = read.done ? "" : (lines.pop() ?? "");
    lines
      .filter((line) => line.trim() !== "")
      .forEach((line) => {
        onLine(JSON.parse(line));
      });
    if (read.done) {
      return;
    }
  }
}

async function sendAsAdministrator(context: Context, url: string, how: Call): Promise<Response> {
  const token = await context.getAccessToken();
  const response = await send(url, how, token);
  // Tokens may die before their time, for example when the server's keys change.
  return response.status === 401 ? send(url, how, await context.getAccessToken(token)) : response;
}

/** Forgets what was asked longest ago. */
function remember(answers: Answers, url: string, answer: { tag: string; body: unknown }): void {
  answers.delete(url);
  answers.set(url, answer);
  const oldest = answers.keys().next().value;
  if (answers.size > REMEMBERED && oldest !== undefined) {
    answers.delete(oldest);
  }
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

/** The server's text about its refusal. Our API and Keycloak's APIs have it in different members. */
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
