import { describe, expect, it } from "vitest";
import { keycloakUserId } from "./api/keycloak";
import { counterpartOf, isOurs, realmOf } from "./addresses";
import { accountHashOf, allUsers, hashOf, parseRoute, type Route } from "./routes";

describe("addresses", () => {
  it.each<[string, Route]>([
    ["#/acme/identities/users", allUsers],
    [
      "#/acme/identities/users?search=a%26b+%C3%BC&identity_provider=google&order=id",
      { page: "users", search: "a&b ü", identityProvider: "google", order: "id" },
    ],
    [
      "#/acme/identities/users?order=id&before_id=usr_9&before_id=usr_5",
      { ...allUsers, order: "id", before: ["usr_9", "usr_5"] },
    ],
    [
      "#/acme/identities/users/usr_1?before_id=act_9",
      { ...allUsers, page: "user", userId: "usr_1", before: ["act_9"] },
    ],
    ["#/acme/identities/users/usr_1", { ...allUsers, page: "user", userId: "usr_1" }],
    [
      "#/acme/identities/users/usr_1?search=a%26b&order=id",
      { page: "user", userId: "usr_1", search: "a&b", identityProvider: "", order: "id" },
    ],
    [
      "#/acme/identities/users/usr_1/sessions/ses_2",
      { ...allUsers, page: "session", userId: "usr_1", sessionId: "ses_2" },
    ],
    [
      "#/acme/identities/users/usr_1/sessions/ses_2?identity_provider=google",
      {
        page: "session",
        userId: "usr_1",
        sessionId: "ses_2",
        search: "",
        identityProvider: "google",
        order: "last_active",
      },
    ],
    ["#/acme/identities/settings", { page: "settings" }],
  ])("%s is a page, and its address", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
    expect(hashOf("acme", route)).toBe(hash);
  });

  it.each([
    "",
    "#/",
    "#/acme",
    "#/acme/users",
    "#/acme/identities",
    "#/acme/identities/other",
    "#/acme/identities/settings/more",
    "#/acme/identities/users/usr_1/events",
    "#/acme/identities/users/usr_1/sessions/ses_2/more",
  ])("%s is no page of ours", (hash) => {
    expect(parseRoute(hash)).toBeUndefined();
  });

  it("has three segments or more, for two are the console's dashboard", () => {
    const routes: Route[] = [allUsers, { page: "settings" }, { ...allUsers, page: "user", userId: "usr_1" }];
    for (const route of routes) {
      expect(hashOf("acme", route).split("/").length).toBeGreaterThanOrEqual(4);
    }
  });

  it("keeps realms and ids with special characters in one segment", () => {
    const hash = hashOf("a/b ü", { ...allUsers, page: "user", userId: "x/y?z" });
    expect(realmOf(hash)).toBe("a/b ü");
    expect(parseRoute(hash)).toEqual({ ...allUsers, page: "user", userId: "x/y?z" });
    expect(accountHashOf("a/b", "f:1:jane")).toBe("#/a%2Fb/users/f%3A1%3Ajane/settings");
  });

  it("survives an address that was mistyped", () => {
    expect(realmOf("#/100%/identities/users")).toBe("100%");
  });

  it("knows its own, complete or not", () => {
    expect(isOurs("#/acme/identities")).toBe(true);
    expect(isOurs("#/acme/identities/nonsense")).toBe(true);
    expect(isOurs("#/identities/users")).toBe(false);
  });
});

describe("a page of Keycloak's own", () => {
  it.each([
    ["#/acme/sessions", "#/acme/identities/sessions"],
    ["#/other%20realm/sessions", "#/other%20realm/identities/sessions"],
    ["#/acme/users/381a13a6/settings", "#/acme/identities/users/usr_381a13a6"],
    ["#/acme/users/381a13a6/sessions", "#/acme/identities/users/usr_381a13a6"],
    ["#/acme/users/f%3A3a%3Ajané%40x/settings", "#/acme/identities/users/usr_x_ZjozYTpqYW7DqUB4"],
    ["#/acme/users/a%3F%3E~~/settings", "#/acme/identities/users/usr_x_YT8-fn4"],
  ])("at %s has one of ours: %s", (hash, expected) => {
    expect(counterpartOf(hash)).toBe(expected);
  });

  it("names a user of user federation as our own pages do", () => {
    const [, , , , id] = counterpartOf("#/acme/users/f%3A3a%3Ajané%40x/settings")?.split("/") ?? [];
    expect(keycloakUserId(id ?? "")).toBe("f:3a:jané@x");
  });

  it.each([
    "",
    "#/acme",
    "#/acme/users",
    "#/acme/users/add-user",
    "#/acme/clients/1/sessions",
    "#/acme/identities/users/usr_1/x",
  ])("at %j has none", (hash) => {
    expect(counterpartOf(hash)).toBeUndefined();
  });
});
