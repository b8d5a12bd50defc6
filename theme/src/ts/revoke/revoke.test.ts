import { beforeEach, describe, expect, it } from "vitest";
import { IdentitiesApi } from "../api/identities";
import { KeycloakApi } from "../api/keycloak";
import { API, context } from "../testing/page";
import { keycloakId, session, sessionId, user, userId } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";
import { isComplete, type Result, revoke } from "./revoke";

const ACCOUNT = `/admin/realms/acme/users/${keycloakId}`;
const report = { id: sessionId, kind: "online", status: "revoked", applications: [] };
const SESSIONS = `${API}/users/${userId}/sessions`;
let server: FakeServer;

function run(disable: boolean): Promise<Result> {
  const target = { user: user() };
  return revoke(target, { reason: "", disable }, new IdentitiesApi(context()), new KeycloakApi(context()));
}

beforeEach(() => {
  server = new FakeServer()
    .on("DELETE", `${API}/users/${userId}`, json({ sessions: [report] }))
    .on("GET", ACCOUNT, json({ username: "alice", enabled: true }))
    .on("PUT", ACCOUNT, new Response(null, { status: 204 }))
    .on("GET", SESSIONS, refusal(404));
});

describe("revoking", () => {
  it("leaves the account alone", async () => {
    const result = await run(false);
    expect(server.asked()).toEqual([`DELETE ${API}/users/${userId}?report=true`]);
    expect(result).toMatchObject({ sessions: { done: true }, reports: [report] });
    expect(isComplete(result)).toBe(true);
  });

  it("disables the account before it ends the sessions, so that nobody signs in in between", async () => {
    expect(isComplete(await run(true))).toBe(true);
    expect(server.received.map(({ method }) => method)).toEqual(["GET", "PUT", "DELETE", "GET"]);
    expect(server.received[1]?.body).toEqual({ username: "alice", enabled: false });
  });

  it.each([
    [[session({ kind: "offline" })], null, { count: 1, more: false }],
    [[session(), session({ id: "ses_2" })], "https://x.example/sessions?before_id=2", { count: 2, more: true }],
  ])("is not done while a disabled account has sessions left, which would work again", async (list, next, left) => {
    server.on("GET", SESSIONS, json({ application_sessions: list, uri: "", next_page_uri: next }));
    const result = await run(true);
    expect(result).toMatchObject({ account: { done: true }, sessions: { done: true }, reports: [report], left });
    expect(isComplete(result)).toBe(false);
  });

  it("is not done while nobody knows whether a disabled account has sessions left", async () => {
    server.on("GET", SESSIONS, refusal(503));
    const result = await run(true);
    expect(result.left).toHaveProperty("error.status", 503);
    expect(isComplete(result)).toBe(false);
  });

  it("ends the sessions also when the account cannot be disabled, and says so", async () => {
    server.on("PUT", ACCOUNT, refusal(403));
    const result = await run(true);
    expect(result).toMatchObject({ account: { done: false }, sessions: { done: true }, reports: [report] });
    expect(result.left).toBeUndefined();
    expect(isComplete(result)).toBe(false);
  });

  it("says so when the account is disabled and the sessions live", async () => {
    server.on("DELETE", `${API}/users/${userId}`, refusal(503));
    const result = await run(true);
    expect(result).toMatchObject({ account: { done: true }, sessions: { done: false } });
    expect(isComplete(result)).toBe(false);
  });

  it("is done when there was nothing left to end", async () => {
    server.on("DELETE", `${API}/users/${userId}`, refusal(404));
    const result = await run(false);
    expect(result).toMatchObject({ sessions: { done: true }, reports: [] });
    expect(isComplete(result)).toBe(true);
  });

  it("is not done when the server reports a session that it could not end", async () => {
    server.on("DELETE", `${API}/users/${userId}`, json({ sessions: [{ ...report, status: "failed" }] }));
    expect(isComplete(await run(false))).toBe(false);
  });

  it("ends one session where one is meant", async () => {
    server.on("DELETE", `${API}/sessions/${sessionId}`, json({ sessions: [report] }));
    const target = { user: user(), session: session() };
    const decision = { reason: "lost", disable: false };
    await revoke(target, decision, new IdentitiesApi(context()), new KeycloakApi(context()));
    expect(server.asked()).toEqual([`DELETE ${API}/sessions/${sessionId}?report=true&reason=lost`]);
  });
});
