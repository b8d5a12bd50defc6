import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SignInRequired } from "../auth/authorization";
import { API, knowAdmin, openPage } from "../testing/page";
import { berlin, client, hostile, partner, session, user, userAgent } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";
import type { User } from "../api/types";

const USERS = `${API}/users`;
let server: FakeServer;

function list(users: User[]): Response {
  return json({ application_users: users, uri: "", next_page_uri: null });
}

function bob(changes: Partial<User> = {}): User {
  return user({ id: "usr_b", name: "Bob", username: "bob", email: "", latest_session: null, clients: [], ...changes });
}

/** What was asked for the list, latest last. */
function queries(): Record<string, string>[] {
  return server.received
    .filter(({ path, query }) => path === USERS && !query.has("total"))
    .map(({ query }) => Object.fromEntries(query));
}

async function row(name: string): Promise<HTMLElement> {
  const link = await screen.findByRole("link", { name });
  return link.closest("tr") as HTMLElement;
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("the table", () => {
  it("asks for those who were active last, and shows what is known of each", async () => {
    server.on("GET", USERS, list([user({ clients: [client("mail"), client("wiki"), client("a"), client("b")] })]));
    openPage("users");
    const alice = await row("Alice Martin");
    for (const text of ["alice.martin", "alice@acme.example", "Acme", "1", "MAIL", "WIKI", "+1 more"]) {
      expect(within(alice).getByText(text)).toBeTruthy();
    }
    expect(within(alice).getByText("Berlin, Germany")).toBeTruthy();
    expect(within(alice).getByText("Chrome on Windows")).toBeTruthy();
    expect(alice.querySelector("time[datetime='2026-11-22T05:30:00Z']")?.getAttribute("title")).toContain("2026");
    expect(queries()).toEqual([{ limit: "50", order_by: "last_active" }]);
    expect(within(alice).getByRole("link").getAttribute("href")).toBe(`#/acme/identities/users/${user().id}`);
  });

  it("says where the applications are not all", async () => {
    server.on(
      "GET",
      USERS,
      list([user({ sessions_count: 21 }), bob({ sessions_count: 20, clients: [client("mail")] })]),
    );
    openPage("users");
    expect(within(await row("Alice Martin")).getByText("of the 20 sessions used last")).toBeTruthy();
    expect(within(await row("Bob")).queryByText(/used last/)).toBeNull();
  });

  it("leads to a person with what is searched for, so that the way back leads to the same", async () => {
    server.on("GET", USERS, list([user()]));
    openPage("users?search=mar&identity_provider=partner&order=id");
    expect(
      within(await row("Alice Martin"))
        .getByRole("link")
        .getAttribute("href"),
    ).toBe(`#/acme/identities/users/${user().id}?search=mar&identity_provider=partner&order=id`);
  });

  it("says what is special about an account", async () => {
    server.on("GET", USERS, list([user({ latest_session: session({ current: true }) }), bob({ enabled: false })]));
    openPage("users");
    expect(within(await row("Alice Martin")).getByText("You")).toBeTruthy();
    expect(within(await row("Bob")).getByText("Disabled")).toBeTruthy();
  });

  it("shows hostile texts as text", async () => {
    const agent = userAgent({ raw: hostile, browser_name: hostile, os_name: "" });
    const latest = session({ browser_session: { user_agent: agent, location: { ...berlin, city: hostile } } });
    const evil = user({
      name: hostile,
      email: hostile,
      identity_providers: [{ ...partner, name: hostile }],
      clients: [client("x", { name: hostile })],
      latest_session: latest,
    });
    server.on("GET", USERS, list([evil]));
    const { container } = openPage("users");
    await row(hostile);
    expect(container.querySelector("script, img")).toBeNull();
    expect(within(container).getAllByText(hostile).length).toBeGreaterThanOrEqual(4);
  });

  it("offers nothing to those who may not manage a person", async () => {
    server.on("GET", USERS, list([user({ access: { manage: false } }), bob()]));
    openPage("users");
    expect(within(await row("Alice Martin")).queryByRole("button")).toBeNull();
    expect(within(await row("Alice Martin")).queryByRole("checkbox")).toBeNull();
    expect(within(await row("Bob")).getByRole("button", { name: "Revoke all sessions of Bob" })).toBeTruthy();
    await userEvent.click(screen.getByRole("checkbox", { name: "Select all on this page" }));
    expect(screen.getByRole("button", { name: "Revoke selected (1)" })).toBeTruthy();
  });

  it("has nothing to select where nobody may be managed", async () => {
    server.on("GET", USERS, list([user({ access: { manage: false } })]));
    openPage("users");
    await row("Alice Martin");
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.queryByRole("button", { name: "Revoke selected" })).toBeNull();
  });

  it("does not say that nobody is signed in to those who may not see everybody", async () => {
    knowAdmin(server, { realm_access: { acme: ["query-users"] } }).on("GET", USERS, list([]));
    openPage("users");
    await screen.findByText("Nobody is signed in whom you may see");
    expect(screen.queryByText("Nobody is signed in")).toBeNull();
  });

  it("can be put into the server's other order, and says in which it is", async () => {
    server.on("GET", USERS, list([user()]));
    openPage("users");
    const head = await screen.findByRole("columnheader", { name: "Last active" });
    expect(head.getAttribute("aria-sort")).toBe("descending");
    await userEvent.click(within(head).getByRole("button"));
    await waitFor(() => {
      expect(queries().at(-1)).toEqual({ limit: "50" });
    });
    expect(location.hash).toBe("#/acme/identities/users?order=id");
    expect((await screen.findByRole("columnheader", { name: "Last active" })).getAttribute("aria-sort")).toBe("none");
  });

  it.each(["users?search=alice", "users?identity_provider=partner&order=id"])(
    "does not claim an order that the server does not keep: %s",
    async (address) => {
      server.on("GET", USERS, list([user()]));
      openPage(address);
      const head = await screen.findByRole("columnheader", { name: "Last active" });
      expect(head.hasAttribute("aria-sort")).toBe(false);
      expect(within(head).queryByRole("button")).toBeNull();
    },
  );
});

describe("the search", () => {
  it("is in the address, and taken from it", async () => {
    server.on("GET", USERS, list([user()]));
    openPage("users?search=alice&identity_provider=partner");
    await row("Alice Martin");
    expect(queries().at(-1)).toMatchObject({ search: "alice", identity_provider: "partner" });
    expect(screen.getByRole("searchbox")).toHaveProperty("value", "alice");
    await waitFor(() => {
      expect(screen.getByRole("combobox", { name: "Identity provider" })).toHaveProperty("value", "partner");
    });
  });

  it("says what it found to those who do not see it, and how many are selected", async () => {
    server.on("GET", USERS, list([user(), bob()]));
    openPage("users");
    await screen.findByText("2 people on page 1.");
    const status = screen.getByText("2 people on page 1.");
    expect(status.getAttribute("role")).toBe("status");
    await userEvent.click(screen.getByRole("checkbox", { name: "Bob: select" }));
    expect(status.textContent).toBe("2 people on page 1. 1 selected.");
    server.on("GET", USERS, list([]));
    location.hash = "#/acme/identities/users?search=nobody";
    await waitFor(() => {
      expect(screen.getByText("0 people on page 1.")).toBe(status);
    });
  });

  it("asks once when typing is over", async () => {
    server.on("GET", USERS, list([user()]));
    openPage("users");
    await row("Alice Martin");
    await userEvent.type(screen.getByRole("searchbox"), " al & ");
    await waitFor(() => {
      expect(location.hash).toBe("#/acme/identities/users?search=al+%26");
    });
    await waitFor(() => {
      expect(queries().map(({ search }) => search)).toEqual([undefined, "al &"]);
    });
  });

  it("follows the address when that changes", async () => {
    server.on("GET", USERS, list([]));
    openPage("users?search=alice");
    await screen.findByText("Nobody who is signed in matches");
    location.hash = "#/acme/identities/users";
    await waitFor(() => {
      expect(screen.getByRole("searchbox")).toHaveProperty("value", "");
    });
    await screen.findByText("Nobody is signed in");
  });

  it("narrows to an identity provider of the realm", async () => {
    server.on("GET", USERS, list([user()]));
    openPage("users");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Identity provider" }), "Partner");
    await waitFor(() => {
      expect(queries().at(-1)).toMatchObject({ identity_provider: "partner" });
    });
  });

  it("offers the identity providers of the rows to those who may not list them", async () => {
    knowAdmin(server, { realm_access: { acme: ["view-users"] } });
    server.on("GET", USERS, list([user(), bob({ identity_providers: [{ ...partner, name: "From a row" }] })]));
    openPage("users");
    const options = within(await screen.findByRole("combobox", { name: "Identity provider" })).getAllByRole("option");
    expect(options.map((option) => option.textContent)).toEqual([
      "All identity providers",
      "Acme (own accounts)",
      "From a row",
    ]);
    expect(server.asked().some((request) => request.includes("identity-provider"))).toBe(false);
  });
});

describe("when something is in the way", () => {
  it("says that nothing is loaded yet", () => {
    server.on("GET", USERS, () => new Promise(() => {}));
    openPage("users");
    expect(screen.getByText("Loading")).toBeTruthy();
  });

  it("offers to try again", async () => {
    server.on("GET", USERS, refusal(500, "internal error"));
    openPage("users");
    await screen.findByText("Could not be loaded");
    expect(screen.getByText(/500.*internal error/)).toBeTruthy();
    server.on("GET", USERS, list([user()]));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await row("Alice Martin");
  });

  it("says that the server cannot reach the sessions, goes on, and does not mistake a proxy for it", async () => {
    server.on("GET", USERS, refusal(503));
    openPage("users?order=id");
    await screen.findByText(/cannot reach the sessions at the moment/);
    expect(screen.getByRole("button", { name: "Live" })).toBeTruthy();
    server.on("GET", USERS, new Response("Service Unavailable", { status: 503 }));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText(/The server answered 503/);
  });

  it("says who may not see it, and asks no more", async () => {
    server.on("GET", USERS, refusal(403));
    openPage("users");
    await screen.findByText("Not permitted");
    expect(screen.getByRole("button", { name: "Paused" })).toBeTruthy();
  });

  it("lets the administrator sign in again", async () => {
    let signedIn = false;
    const signIn = vi.fn(() => {
      signedIn = true;
      return Promise.resolve();
    });
    server.on("GET", USERS, list([user()]));
    openPage("users", {
      signIn,
      getAccessToken: () => (signedIn ? Promise.resolve("token") : Promise.reject(new SignInRequired())),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Sign in" }));
    await row("Alice Martin");
    expect(await screen.findByRole("link", { name: "Settings" })).toBeTruthy();
    expect(signIn).toHaveBeenCalledTimes(1);
  });

  it("says so when signing in fails", async () => {
    openPage("users", {
      signIn: () => Promise.reject(new Error("blocked")),
      getAccessToken: () => Promise.reject(new SignInRequired()),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Sign in" }));
    await screen.findByText(/browser blocked the window/);
  });

  it.each([500, 503])("keeps what it has when a refresh fails with %i, and says that it is old", async (status) => {
    server.on("GET", USERS, list([user()]));
    openPage("users");
    await row("Alice Martin");
    server.on("GET", USERS, refusal(status));
    const live = screen.getByRole("button", { name: "Live" });
    await userEvent.click(live);
    await userEvent.click(screen.getByRole("button", { name: "Paused" }));
    const stale = await screen.findByText("Could not be refreshed; this is from before");
    expect(stale.closest("[role=status]")).toBeTruthy();
    expect(await row("Alice Martin")).toBeTruthy();
  });
});
