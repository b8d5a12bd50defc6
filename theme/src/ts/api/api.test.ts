import { beforeEach, describe, expect, it, vi } from "vitest";
import { SignInRequired } from "../auth/authorization";
import { context } from "../testing/page";
import { FakeServer, json, refusal } from "../testing/server";
import { ApiError, call, hasStatus, isFinal, UNAVAILABLE } from "./http";
import { IdentitiesApi, nextQuery } from "./identities";
import { KeycloakApi, keycloakUserId } from "./keycloak";

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
});

describe("a call", () => {
  it("carries the token, and nothing that it was not given", async () => {
    server.on("GET", "/x", json({ a: 1 }));
    expect(await call(context(), "http://localhost/x")).toEqual({ a: 1 });
    expect([...(server.received[0]?.headers ?? [])]).toEqual([["authorization", "Bearer token"]]);
  });

  it("is repeated once with a new token when the server does not take the first", async () => {
    const getAccessToken = vi.fn((refused?: string) => Promise.resolve(refused ? "new" : "old"));
    server.on("GET", "/x", ({ headers }) =>
      headers.get("authorization") === "Bearer new" ? json({ a: 1 }) : refusal(401),
    );
    expect(await call(context({ getAccessToken }), "http://localhost/x")).toEqual({ a: 1 });
    expect(getAccessToken).toHaveBeenLastCalledWith("old");
  });

  it("is not repeated without end", async () => {
    server.on("GET", "/x", refusal(401));
    await expect(call(context(), "http://localhost/x")).rejects.toSatisfy((error) => hasStatus(error, 401));
    expect(server.received).toHaveLength(2);
  });

  it.each([
    [json({ msg: "by ours" }, 400), "by ours"],
    [json({ errorMessage: "by Keycloak" }, 409), "by Keycloak"],
    [json({ error: "unknown_error" }, 500), "unknown_error"],
    [new Response("<html>Bad Gateway</html>", { status: 502 }), ""],
  ])("says what the server says", async (answer, message) => {
    server.on("GET", "/x", answer);
    await expect(call(context(), "http://localhost/x")).rejects.toMatchObject({ status: answer.status, message });
  });

  it("may have no answer but its status", async () => {
    server.on("PUT", "/x", new Response(null, { status: 204 }));
    expect(await call(context(), "http://localhost/x", { method: "PUT", body: {} })).toBeUndefined();
  });
});

describe("the identities API", () => {
  const api = new IdentitiesApi(context({ realm: "a/b" }));
  const base = "/admin/realms/a%2Fb/identities";

  it("names its version with every call", async () => {
    server.on("GET", `${base}/users/usr_1`, json({}));
    await api.user("usr_1");
    expect(server.received[0]?.headers.get("ngrok-version")).toBe("2");
  });

  it("asks for a report, and gives a reason only if there is one", async () => {
    server.on("DELETE", `${base}/users/usr_1`, json({ sessions: [] }));
    server.on("DELETE", `${base}/sessions/ses_1`, json({ sessions: [] }));
    await api.revokeUser("usr_1", "stolen & sold");
    await api.revokeSession("ses_1", "");
    expect(server.asked()).toEqual([
      `DELETE ${base}/users/usr_1?report=true&reason=stolen+%26+sold`,
      `DELETE ${base}/sessions/ses_1?report=true`,
    ]);
  });

  it("does not have an answer sent again that has not changed", async () => {
    let name = "Alice";
    server.on("GET", `${base}/users/usr_1`, ({ headers }) => {
      const tag = `W/"${name}"`;
      return headers.get("if-none-match") === tag
        ? new Response(null, { status: 304 })
        : new Response(JSON.stringify({ name }), { headers: { ETag: tag } });
    });
    const first = await api.user("usr_1");
    expect(await api.user("usr_1")).toBe(first);
    name = "Bob";
    expect(await api.user("usr_1")).toEqual({ name: "Bob" });
    expect(server.received.map(({ headers }) => headers.get("if-none-match"))).toEqual([
      null,
      'W/"Alice"',
      'W/"Alice"',
    ]);
  });

  it("remembers the last answers only", async () => {
    server.on(
      "GET",
      `${base}/users`,
      () => new Response('{"application_users":[{}],"next_page_uri":null}', { headers: { ETag: '"x"' } }),
    );
    for (let i = 0; i < 20; i++) {
      await api.users(`limit=${i}`);
    }
    await api.users("limit=0");
    await api.users("limit=19");
    expect(server.received.slice(-2).map(({ headers }) => headers.get("if-none-match"))).toEqual([null, '"x"']);
  });

  it("goes on by the query alone: the address may be of another host", () => {
    expect(nextQuery({ next_page_uri: "https://other.example/x/users?before_id=usr_1&limit=50" })).toBe(
      "before_id=usr_1&limit=50",
    );
    expect(nextQuery({ next_page_uri: null })).toBeUndefined();
  });
});

describe("Keycloak's API", () => {
  const api = new KeycloakApi(context());
  const realm = "/admin/realms/acme";
  const done = new Response(null, { status: 204 });

  it("changes a realm's attributes and leaves everything else as it was just before", async () => {
    server.on("GET", realm, json({ realm: "acme", sslRequired: "all", attributes: { a: "1", b: "2" } }));
    server.on("PUT", realm, done);
    await api.setRealmAttributes({ b: "3", c: "" });
    expect(server.received.at(-1)?.body).toEqual({
      realm: "acme",
      sslRequired: "all",
      attributes: { a: "1", b: "3", c: "" },
    });
  });

  it("changes a client's likewise, also where it has none", async () => {
    server.on("GET", `${realm}/clients/1`, json({ id: "1", clientId: "x", secret: "s" }));
    server.on("PUT", `${realm}/clients/1`, done);
    await api.setClientAttributes("1", { a: "true" });
    expect(server.received.at(-1)?.body).toEqual({ id: "1", clientId: "x", secret: "s", attributes: { a: "true" } });
  });

  it("disables an account and changes nothing else of it", async () => {
    server.on("GET", `${realm}/users/1`, json({ username: "alice", enabled: true, attributes: { phone: ["1"] } }));
    server.on("PUT", `${realm}/users/1`, done);
    await api.disableUser("1");
    expect(server.received.at(-1)?.body).toEqual({ username: "alice", enabled: false, attributes: { phone: ["1"] } });
  });

  it("finds clients by a part of their id", async () => {
    server.on("GET", `${realm}/clients`, json([]));
    await api.clients("", 0, 11);
    await api.clients("desk", 10, 11);
    expect(server.asked()).toEqual([
      `GET ${realm}/clients?first=0&max=11`,
      `GET ${realm}/clients?first=10&max=11&clientId=desk&search=true`,
    ]);
  });
});

describe("an id", () => {
  it.each([
    ["usr_381a13a6-ccf2-4a10-96a8-123f136c4cac", "381a13a6-ccf2-4a10-96a8-123f136c4cac"],
    [`usr_x_${Buffer.from("f:ldap:jäne@x/1").toString("base64url")}`, "f:ldap:jäne@x/1"],
  ])("%s is Keycloak's %s", (ours, keycloaks) => {
    expect(keycloakUserId(ours)).toBe(keycloaks);
  });
});

it("knows after which errors asking again is of no use", () => {
  expect([new SignInRequired(), new ApiError(403, ""), new ApiError(404, "")].every(isFinal)).toBe(true);
  const unavailable = new ApiError(503, "", UNAVAILABLE);
  expect([new TypeError(), new ApiError(503, ""), unavailable, undefined].some(isFinal)).toBe(false);
});
