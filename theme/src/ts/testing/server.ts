import { vi } from "vitest";

/** A request as the server gets it. */
export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = Response | ((request: Received) => Response | Promise<Response>);

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

/** A refusal in the form of the server's API. */
export function refusal(status: number, msg = ""): Response {
  return json({ error_code: `ERR_NGROK_${status}`, status_code: status, msg, details: {} }, status);
}

/** Stands in for the server: answers what a test lays down, and keeps what it was asked. */
export class FakeServer {
  readonly received: Received[] = [];
  private aborted: (() => void) | undefined;
  private readonly answers: { method: string; path: string; answer: Answer }[] = [];

  constructor() {
    vi.stubGlobal("fetch", (input: string | URL, init?: RequestInit) => this.handle(new URL(input), init));
  }

  /** What comes later goes first. */
  on(method: string, path: string, answer: Answer): this {
    this.answers.unshift({ method, path, answer });
    return this;
  }

  /** Called when the request in hand is given up. */
  onAbort(listener: () => void): void {
    this.aborted = listener;
  }

  /** What was asked for, as "METHOD path?query". */
  asked(method?: string): string[] {
    return this.received
      .filter((request) => !method || request.method === method)
      .map(({ path, query, ...request }) => `${request.method} ${path}${query.size > 0 ? `?${query.toString()}` : ""}`);
  }

  private async handle(url: URL, init: RequestInit = {}): Promise<Response> {
    init.signal?.throwIfAborted();
    init.signal?.addEventListener("abort", () => this.aborted?.());
    const body = init.body instanceof URLSearchParams ? Object.fromEntries(init.body) : parse(init.body);
    const request: Received = {
      method: init.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      headers: new Headers(init.headers),
      body,
    };
    this.received.push(request);
    const found = this.answers.find(({ method, path }) => method === request.method && path === request.path);
    if (!found) {
      throw new TypeError(`Nobody answers ${request.method} ${request.path}`);
    }
    return typeof found.answer === "function" ? await found.answer(request) : found.answer.clone();
  }
}

function parse(body: BodyInit | null | undefined): unknown {
  return typeof body === "string" ? JSON.parse(body) : undefined;
}
