import { expect, it } from "vitest";
import { keycloakId, session, user } from "../testing/samples";
import { isOwn } from "./target";

const somebody = { userId: "somebody", realm: "acme", realm_access: {} };

it("is the administrator's own session when the server says so", () => {
  expect(isOwn({ user: user(), session: session({ current: true }) }, somebody, "acme")).toBe(true);
  expect(
    isOwn({ user: user({ latest_session: session({ current: true }) }), session: session() }, somebody, "acme"),
  ).toBe(false);
});

it("is his own account when he came by it, also if another session was used last", () => {
  const alice = { ...somebody, userId: keycloakId };
  expect(isOwn({ user: user() }, alice, "acme")).toBe(true);
  expect(isOwn({ user: user({ latest_session: session({ current: true }) }) }, undefined, "acme")).toBe(true);
});

it("is not his own when only the id is the same, in another realm", () => {
  expect(isOwn({ user: user() }, { ...somebody, userId: keycloakId, realm: "master" }, "acme")).toBe(false);
  expect(isOwn({ user: user({ latest_session: null }) }, somebody, "acme")).toBe(false);
});
