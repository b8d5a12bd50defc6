import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API, knowAdmin, messagesOf, openPage } from "../testing/page";
import { user } from "../testing/samples";
import { FakeServer, json } from "../testing/server";

let server: FakeServer;

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("a narrow column", () => {
  it("says where a long word of its head may break", () => {
    expect(messagesOf("de")["identities.head.identityProvider"]).toBe("Identitäts\u00adanbieter");
  });
});

describe("the selection of all rows, where rows are cards", () => {
  it("selects and frees all of them", async () => {
    const users = [user(), user({ id: "usr_b", name: "Bob", latest_session: null })];
    server.on("GET", `${API}/users`, json({ application_users: users, uri: "", next_page_uri: null }));
    openPage("users");
    const all = await screen.findByRole("checkbox", { name: "All on this page" });
    await userEvent.click(all);
    expect(screen.getByRole("button", { name: "Revoke selected (2)" })).toBeTruthy();
    expect(screen.getByRole("checkbox", { name: "Select all on this page" })).toHaveProperty("checked", true);
    await userEvent.click(all);
    expect(screen.getByRole("button", { name: "Revoke selected" })).toHaveProperty("disabled", true);
  });

  it("is there on a narrow page only", () => {
    const css = readFileSync("src/ts/identities.css", "utf8");
    expect(css).toMatch(/\.identities-select-all \{\s*display: none;/);
    expect(css).toMatch(/@media screen and \(max-width: 992px\) \{\s*\.identities-select-all \{\s*display: flex;/);
  });

  it("stands above cards whose cells are named by their columns", async () => {
    server.on("GET", `${API}/users`, json({ application_users: [user()], uri: "", next_page_uri: null }));
    openPage("users");
    const table = await screen.findByRole("table");
    expect(
      within(table)
        .getAllByRole("cell")
        .some((cell) => cell.getAttribute("data-label") === "Sessions"),
    ).toBe(true);
  });
});
