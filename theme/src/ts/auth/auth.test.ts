import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeServer, json } from "../testing/server";
import { Auth } from "./auth";
import { SignInRequired } from "./authorization";

const environment = { serverBaseUrl: "http://sso", adminBaseUrl: "http://admin", realm: "master", clientId: "console" };
const TOKEN = "/realms/master/protocol/openid-connect/token";

let server: FakeServer;

/** The authorization endpoint as seen from a frame: says yes to whoever asks. */
function authorize(url: string, answer: Record<string, string> = { code: "a code" }): Promise<string> {
  const { state } = Object.fromEntries(new URL(url).searchParams);
  return Promise.resolve(`#${new URLSearchParams({ state: state ?? "", ...answer }).toString()}`);
}

function tokens(number: number, expiresIn = 60): Response {
  return json({ access_token: `access ${number}`, refresh_token: `refresh ${number}`, expires_in: expiresIn });
}

function grants(): unknown[] {
  return server.received.map(({ body }) => (body as Record<string, string>)["grant_type"]);
}

beforeEach(() => {
  vi.useFakeTimers();
  let number = 0;
  server = new FakeServer().on("POST", TOKEN, () => tokens(++number));
});
afterEach(() => vi.useRealTimers());

describe("a token", () => {
  it("comes by a silent code flow with PKCE, to a document of the console's own", async () => {
    let asked = new URLSearchParams();
    const auth = new Auth(environment, (url) => {
      asked = new URL(url).searchParams;
      return authorize(url);
    });

    expect(await auth.getAccessToken()).toBe("access 1");

    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: "console",
      prompt: "none",
      response_type: "code",
      response_mode: "fragment",
      code_challenge_method: "S256",
      redirect_uri: "http://localhost/admin/master/console/messages.json",
    });
    const exchange = server.received[0]!.body as Record<string, string>;
    expect(exchange).toMatchObject({ grant_type: "authorization_code", code: "a code", client_id: "console" });
    expect(exchange["redirect_uri"]).toBe(asked.get("redirect_uri"));
    const verifier = new TextEncoder().encode(exchange["code_verifier"]);
    const challenge = Buffer.from(await crypto.subtle.digest("SHA-256", verifier)).toString("base64url");
    expect(asked.get("code_challenge")).toBe(challenge);
  });

  it("is used as long as it lives, and then refreshed", async () => {
    const silently = vi.fn(authorize);
    const auth = new Auth(environment, silently);
    await auth.getAccessToken();
    vi.advanceTimersByTime(54_000);
    expect(await auth.getAccessToken()).toBe("access 1");

    vi.advanceTimersByTime(2_000);
    expect(await auth.getAccessToken()).toBe("access 2");

    expect(grants()).toEqual(["authorization_code", "refresh_token"]);
    expect(server.received[1]?.body).toMatchObject({ refresh_token: "refresh 1" });
    expect(silently).toHaveBeenCalledTimes(1);
  });

  it("is renewed when the server did not take it, and only then", async () => {
    const auth = new Auth(environment, authorize);
    const refused = await auth.getAccessToken();
    expect(await auth.getAccessToken(refused)).toBe("access 2");
    expect(await auth.getAccessToken(refused)).toBe("access 2");
  });

  it("is asked for once by all who need it at the same time", async () => {
    const silently = vi.fn(authorize);
    const auth = new Auth(environment, silently);
    const all = await Promise.all([auth.getAccessToken(), auth.getAccessToken(), auth.getAccessToken()]);
    expect(all).toEqual(["access 1", "access 1", "access 1"]);
    expect(silently).toHaveBeenCalledTimes(1);
    expect(grants()).toHaveLength(1);
  });

  it("is asked for anew after a failure", async () => {
    const silently = vi.fn(authorize).mockRejectedValueOnce(new Error("Sign-in timed out."));
    const auth = new Auth(environment, silently);
    await expect(auth.getAccessToken()).rejects.toThrow("timed out");
    expect(await auth.getAccessToken()).toBe("access 1");
  });
});

describe("a refresh", () => {
  it("that is refused is followed by a silent sign-in", async () => {
    const auth = new Auth(environment, authorize);
    const refused = await auth.getAccessToken();
    server.on("POST", TOKEN, ({ body }) =>
      (body as Record<string, string>)["grant_type"] === "refresh_token"
        ? json({ error: "invalid_grant" }, 400)
        : tokens(7),
    );
    expect(await auth.getAccessToken(refused)).toBe("access 7");
  });

  it("that meets a broken server fails, and is tried again with the same token", async () => {
    const silently = vi.fn(authorize);
    const auth = new Auth(environment, silently);
    const refused = await auth.getAccessToken();
    server.on("POST", TOKEN, json({}, 503));
    await expect(auth.getAccessToken(refused)).rejects.toThrow("503");
    server.on("POST", TOKEN, tokens(9));
    expect(await auth.getAccessToken()).toBe("access 9");
    expect(grants()).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
    expect(silently).toHaveBeenCalledTimes(1);
  });
});

describe("an answer", () => {
  it("to another sign-in is refused, and its code not used", async () => {
    const auth = new Auth(environment, (url) => authorize(url, { state: "another", code: "stolen" }));
    await expect(auth.getAccessToken()).rejects.toThrow("does not belong");
    expect(server.received).toEqual([]);
  });

  it("without a code is refused", async () => {
    const auth = new Auth(environment, (url) => authorize(url, {}));
    await expect(auth.getAccessToken()).rejects.toThrow("no code");
  });

  it("that says no is a failure", async () => {
    const auth = new Auth(environment, (url) => authorize(url, { error: "temporarily_unavailable" }));
    const failure = auth.getAccessToken();
    await expect(failure).rejects.toThrow("temporarily_unavailable");
    await expect(failure).rejects.not.toBeInstanceOf(SignInRequired);
  });
});

describe("an administrator who is signed out", () => {
  const popup = { closed: false, location: { href: "", hash: "" }, close: vi.fn() };

  it.each(["login_required", "interaction_required"])("is not asked for again and again (%s)", async (error) => {
    const silently = vi.fn((url: string) => authorize(url, { error }));
    const auth = new Auth(environment, silently);
    await expect(auth.getAccessToken()).rejects.toBeInstanceOf(SignInRequired);
    await expect(auth.getAccessToken()).rejects.toBeInstanceOf(SignInRequired);
    expect(silently).toHaveBeenCalledTimes(1);
  });

  it("signs in by a window, which may ask", async () => {
    vi.stubGlobal("open", () => popup);
    const auth = new Auth(environment, (url) => authorize(url, { error: "login_required" }));
    await expect(auth.getAccessToken()).rejects.toBeInstanceOf(SignInRequired);

    const signIn = auth.signIn();
    await vi.waitUntil(() => popup.location.href !== "");
    expect(new URL(popup.location.href).searchParams.has("prompt")).toBe(false);
    popup.location.hash = await authorize(popup.location.href);
    await vi.advanceTimersByTimeAsync(200);
    await signIn;

    expect(await auth.getAccessToken()).toBe("access 1");
    expect(popup.close).toHaveBeenCalled();
  });
});
