import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PASSED_OVER } from "../api/identities";
import type { User } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { user } from "../testing/samples";
import { FakeServer, json } from "../testing/server";

const USERS = `${API}/users`;
const alice = user();
const bob = user({ id: "usr_b", name: "Bob", username: "bob", email: "" });
let server: FakeServer;

function list(users: User[], next: string | null = null): Response {
  return json({ application_users: users, uri: "", next_page_uri: next });
}

/** What was asked for the list, latest last. */
function queries(): Record<string, string>[] {
  return server.received
    .filter(({ path, query }) => path === USERS && !query.has("total"))
    .map(({ query }) => Object.fromEntries(query));
}

function person(name: string): Promise<HTMLElement> {
  return screen.findByRole("link", { name });
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("paging", () => {
  it("follows the server's queries, and finds the way back", async () => {
    server.on("GET", USERS, ({ query }) =>
      query.has("before_id")
        ? list([bob])
        : list([alice], "https://elsewhere.example/users?limit=50&order_by=last_active&before_id=usr_a"),
    );
    openPage("users");
    await person("Alice Martin");
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    await person("Bob");
    expect(queries().at(-1)).toEqual({ limit: "50", order_by: "last_active", before_id: "usr_a" });
    expect(screen.getByText("Page 2")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Next" })).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByRole("button", { name: "Previous" }));
    await person("Alice Martin");
  });

  it("keeps the page in the address, for reload, back and breadcrumb", async () => {
    server.on("GET", USERS, ({ query }) =>
      query.has("before_id") ? list([bob]) : list([alice], "https://x.example/users?limit=50&before_id=usr_a"),
    );
    openPage("users?order=id");
    await person("Alice Martin");
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    const link = await person("Bob");
    expect(location.hash).toBe("#/acme/identities/users?order=id&before_id=usr_a");
    expect(link.getAttribute("href")).toBe("#/acme/identities/users/usr_b?order=id&before_id=usr_a");
    cleanup();
    openPage("users?order=id&before_id=usr_a");
    await person("Bob");
    expect(queries().at(-1)).toEqual({ limit: "50", before_id: "usr_a" });
    expect(screen.getByText("Page 2")).toBeTruthy();
  });

  it("begins anew with another search", async () => {
    server.on("GET", USERS, list([bob]));
    openPage("users?before_id=usr_a");
    await person("Bob");
    await userEvent.type(screen.getByRole("searchbox"), "bo");
    await waitFor(() => {
      expect(location.hash).toBe("#/acme/identities/users?search=bo");
    });
  });

  it("puts the focus where it was, after the way back", async () => {
    server.on("GET", USERS, list([alice, bob]));
    server.on("GET", `${USERS}/usr_b`, json(bob));
    server.on("GET", `${USERS}/usr_b/sessions`, json({ application_sessions: [], uri: "", next_page_uri: null }));
    openPage("users");
    await userEvent.click(await person("Bob"));
    location.hash = "#/acme/identities/users/usr_b";
    await screen.findByRole("heading", { level: 1, name: "Bob" });
    location.hash = "#/acme/identities/users";
    await waitFor(() => {
      expect(document.activeElement?.textContent).toBe("Bob");
    });
    expect(document.activeElement?.tagName).toBe("A");
  });

  it("passes over the empty pages of a search, and never takes them for its end", async () => {
    server.on("GET", USERS, ({ query }) => {
      const page = Number(query.get("before_id")?.slice(4) ?? 0);
      return page < 3 ? list([], `https://x.example/users?search=b&before_id=off_${page + 1}`) : list([bob]);
    });
    openPage("users?search=b");
    await person("Bob");
    expect(queries().map((query) => query["before_id"])).toEqual([undefined, "off_1", "off_2", "off_3"]);
    expect(screen.queryByRole("button", { name: "Next" })).toBeNull();
  });

  it("does not search for ever, and says that there is more to search", async () => {
    server.on("GET", USERS, list([], "https://x.example/users?search=b&before_id=off_1"));
    openPage("users?search=b");
    await screen.findByText(/Nobody who matches was found so far/);
    expect(queries()).toHaveLength(PASSED_OVER + 1);
    expect(screen.queryByText("Nobody who is signed in matches")).toBeNull();
    server.on("GET", USERS, list([bob]));
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    await person("Bob");
  });

  it("does not say that nobody is signed in where the server has not looked at everybody", async () => {
    server.on("GET", USERS, list([], "https://x.example/users?before_id=usr_1"));
    openPage("users");
    await screen.findByText(/Nobody whom you may see was found so far/);
    expect(screen.getByRole("button", { name: "Next" })).toHaveProperty("disabled", false);
  });

  it("does not say that nobody is signed in where only a later page has become empty", async () => {
    server.on("GET", USERS, ({ query }) =>
      query.has("before_id") ? list([]) : list([alice], "https://x.example/users?before_id=act_1"),
    );
    openPage("users");
    await person("Alice Martin");
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    await screen.findByText("Nobody is left on this page");
    expect(screen.queryByText("Nobody is signed in")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Previous" }));
    await person("Alice Martin");
  });

  it("is not there where everything fits", async () => {
    server.on("GET", USERS, list([alice]));
    openPage("users");
    await person("Alice Martin");
    expect(screen.queryByRole("button", { name: "Next" })).toBeNull();
  });

  it("says of a selection that it holds for this page only, and drops it on the next", async () => {
    server.on("GET", USERS, ({ query }) =>
      query.has("before_id") ? list([bob]) : list([alice], "https://x.example/users?before_id=act_1"),
    );
    openPage("users");
    await person("Alice Martin");
    const here = () => screen.queryByText("The selection holds for this page only.");
    expect(here()).toBeNull();
    await userEvent.click(screen.getByRole("checkbox", { name: "Alice Martin: select" }));
    expect(here()).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    await person("Bob");
    expect(here()).toBeNull();
    await userEvent.click(screen.getByRole("checkbox", { name: "Bob: select" }));
    expect(here()).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Previous" }));
    await person("Alice Martin");
    expect(screen.getByRole("checkbox", { name: "Alice Martin: select" })).toHaveProperty("checked", false);
  });

  it("does not say that where there is one page", async () => {
    server.on("GET", USERS, list([alice]));
    openPage("users");
    await person("Alice Martin");
    await userEvent.click(screen.getByRole("checkbox", { name: "Alice Martin: select" }));
    expect(screen.getByRole("button", { name: "Revoke selected (1)" })).toBeTruthy();
    expect(screen.queryByText("The selection holds for this page only.")).toBeNull();
  });
});
