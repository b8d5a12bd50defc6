import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { User } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { client, hostile, keycloakId, local, partner, session, user, userAgent, userId } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";

const USERS = `${API}/users`;
let server: FakeServer;

const alice = user({ sessions_count: 2 });
const bob = user({ id: "usr_b", name: "Bob", username: "bob", latest_session: session({ id: "ses_b" }) });
const me = user({ id: "usr_me", name: "Me", username: "me", latest_session: session({ id: "ses_me", current: true }) });

function report(id: string, ...applications: { party: string; status: string }[]): Response {
  return json({ sessions: [{ id, kind: "online", status: "revoked", applications }] });
}

/** Opens the list with these people. */
async function listOf(...users: User[]): Promise<void> {
  server.on("GET", USERS, json({ application_users: users, uri: "", next_page_uri: null }));
  for (const { id, latest_session: latest } of users) {
    const phone = session({
      id: `ses_phone_${id}`,
      browser_session: { user_agent: userAgent({ browser_name: "Safari" }) },
    });
    const answer = json({ application_sessions: [latest, phone], uri: "", next_page_uri: null });
    server.on("GET", `${USERS}/${id}/sessions`, answer);
  }
  openPage("users");
  await screen.findByRole("table");
}

async function ask(name: string): Promise<HTMLElement> {
  await userEvent.click(screen.getByRole("button", { name: `Revoke all sessions of ${name}` }));
  return screen.findByRole("dialog");
}

async function askAll(): Promise<HTMLElement> {
  await userEvent.click(screen.getByRole("checkbox", { name: "Select all on this page" }));
  await userEvent.click(screen.getByRole("button", { name: /Revoke selected/ }));
  return screen.findByRole("dialog");
}

function press(name: string | RegExp): Promise<void> {
  return userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name }));
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("the question", () => {
  it("names person, device, place and applications of all sessions", async () => {
    await listOf(alice);
    const dialog = await ask("Alice Martin");
    await within(dialog).findByText("Safari on Windows");
    for (const text of ["Alice Martin", "alice.martin", "Chrome on Windows"]) {
      expect(within(dialog).getByText(text)).toBeTruthy();
    }
    expect(within(dialog).getAllByText("Berlin, Germany · 192.0.2.10")).toHaveLength(2);
    expect(within(dialog).getAllByText("MAIL")).toHaveLength(2);
  });

  it("says what ends and what does not", async () => {
    await listOf(alice);
    const dialog = await ask("Alice Martin");
    expect(dialog.textContent).toMatch(/refresh tokens.*refused at once/);
    expect(dialog.textContent).toMatch(/Access tokens.*valid until they expire/);
    expect(dialog.textContent).toMatch(/The account: the user may sign in again/);
  });

  it("does nothing unless it is answered", async () => {
    await listOf(alice);
    await ask("Alice Martin");
    await press("Cancel");
    await ask("Alice Martin");
    await userEvent.keyboard("{Escape}");
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    expect(server.asked("DELETE")).toEqual([]);
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Revoke all sessions of Alice Martin");
  });

  it("warns those who would cut themselves off, and does not offer to lock them out", async () => {
    await listOf(me);
    const dialog = await ask("Me");
    expect(dialog.textContent).toContain("your own session");
    expect(within(dialog).queryByRole("radio")).toBeNull();
  });

  it("disables nothing as long as nobody knows whose account is his own", async () => {
    server.on("GET", "/admin/master/console/whoami", refusal(500));
    await listOf(alice);
    const dialog = await ask("Alice Martin");
    expect(within(dialog).queryByRole("radio")).toBeNull();
    expect(within(dialog).getByRole("button", { name: "Revoke" })).toBeTruthy();
  });

  it("warns nobody else", async () => {
    await listOf(alice);
    const dialog = await ask("Alice Martin");
    expect(dialog.textContent).not.toContain("your own session");
  });

  it("knows the administrator also by the account that he came by", async () => {
    knowAdmin(server, { realm: "acme", userId: keycloakId });
    await listOf(alice);
    expect((await ask("Alice Martin")).textContent).toContain("your own session");
  });

  it("begins with the administrator's own, and opens there", async () => {
    await listOf(alice, bob, me);
    for (const name of ["Alice Martin", "Bob", "Me"]) {
      await userEvent.click(screen.getByRole("checkbox", { name: `${name}: select` }));
    }
    await userEvent.click(screen.getByRole("button", { name: "Revoke selected (3)" }));
    const dialog = await screen.findByRole("dialog");
    const targets = within(dialog).getByRole("region", { name: "To be revoked" });
    expect(document.activeElement).toBe(targets);
    expect(targets.textContent).toMatch(/^Me.*You.*Alice Martin.*Bob/);
    // The warning is no part of what is scrolled.
    expect(dialog.querySelector("header")?.textContent).toContain("your own session");
    expect(targets.closest(".pf-v5-c-modal-box__body")?.textContent).not.toContain("your own session");
  });

  it("says how many sessions of how many people end, and how many accounts are disabled", async () => {
    await listOf(alice, bob);
    const dialog = await askAll();
    expect(within(dialog).getByRole("button", { name: "Revoke 3 sessions of 2 people" })).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("radio", { name: "Revoke sessions and disable account" }));
    expect(within(dialog).getByRole("button", { name: "Revoke 3 sessions and disable 2 accounts" })).toBeTruthy();
  });

  it("takes the administrator along only if he ticks himself", async () => {
    await listOf(alice, me);
    const dialog = await askAll();
    expect(dialog.textContent).not.toContain("your own session");
    expect(screen.getByLabelText("Select all on this page")).toHaveProperty("checked", true);
    expect(screen.getByLabelText("Me: select")).toHaveProperty("checked", false);
  });

  it("shows hostile texts as text", async () => {
    const agent = userAgent({ browser_name: hostile, os_name: "" });
    const evil = { name: hostile, clients: [client("x", { name: hostile })] };
    await listOf(user({ ...evil, latest_session: session({ ...evil, browser_session: { user_agent: agent } }) }));
    const dialog = await ask(hostile);
    expect(dialog.querySelector("script, img")).toBeNull();
    expect(within(dialog).getAllByText(hostile).length).toBeGreaterThanOrEqual(2);
  });
});

describe("the answer", () => {
  it("sends the reason, and says who knows about it", async () => {
    await listOf(user({ clients: [client("mail"), client("wiki")], identity_providers: [local, partner] }));
    server.on(
      "DELETE",
      `${USERS}/${userId}`,
      report(
        "ses_1",
        { party: "mail", status: "confirmed" },
        { party: "wiki", status: "pending" },
        { party: "ghost", status: "failed" },
        { party: "idp:partner", status: "cannot_tell" },
      ),
    );
    const dialog = await ask("Alice Martin");
    await userEvent.type(within(dialog).getByLabelText("Reason for the audit (optional)"), "stolen laptop");
    await press("Revoke");

    const result = await screen.findByRole("region", { name: "Result" });
    expect(document.activeElement).toBe(result);
    expect(
      within(result)
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual(
      expect.arrayContaining([
        "1 session ended",
        "MAIL: told, and confirmed it",
        "WIKI: being told",
        "ghost: could not be told",
        "Partner: not asked: back-channel logout is off or not set up for it",
      ]),
    );
    expect(result.textContent).toContain("All done");
    expect(server.asked("DELETE")).toEqual([`DELETE ${USERS}/${userId}?report=true&reason=stolen+laptop`]);
  });

  it("disables the account as well, where that is wanted", async () => {
    const account = `/admin/realms/acme/users/${keycloakId}`;
    server.on("GET", account, json({ enabled: true })).on("PUT", account, refusal(403));
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1"));
    await listOf(alice);
    const dialog = await ask("Alice Martin");
    await userEvent.click(within(dialog).getByRole("radio", { name: "Revoke sessions and disable account" }));
    expect(dialog.textContent).toMatch(/First the account is disabled/);
    expect(dialog.textContent).not.toMatch(/may sign in again/);
    await press("Revoke sessions and disable account");
    const result = await screen.findByRole("region");
    expect(result.textContent).toContain("0 of 1 done");
    expect(result.textContent).toContain("Account NOT disabled: You are not permitted to do that.");
    expect(result.textContent).toContain("1 session ended");
  });

  it("ends many one after the other, the administrator's own last, and names what failed", async () => {
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1"));
    const failed = { id: "ses_c", kind: "offline", status: "failed", applications: [] };
    const told = { party: "mail", status: "confirmed" };
    const partly = [{ id: "ses_b", kind: "online", status: "revoked", applications: [told] }, failed];
    server.on("DELETE", `${USERS}/usr_b`, json({ sessions: partly }, 207));
    server.on("DELETE", `${USERS}/usr_me`, report("ses_me"));
    await listOf(me, alice, bob);
    await userEvent.click(screen.getByRole("checkbox", { name: "Me: select" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Alice Martin: select" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Bob: select" }));
    await userEvent.click(screen.getByRole("button", { name: "Revoke selected (3)" }));
    await press("Revoke 4 sessions of 3 people");
    const result = await screen.findByRole("region");
    expect(result.textContent).toContain("2 of 3 done");
    expect(result.textContent).toMatch(/Bob.*1 session ended.*1 session NOT ended: try again.*MAIL: told/);
    expect(server.asked("DELETE")).toEqual(
      [userId, "usr_b", "usr_me"].map((id) => `DELETE ${USERS}/${id}?report=true`),
    );
  });

  it("says why nothing was done at all", async () => {
    server.on("DELETE", `${USERS}/${userId}`, refusal(409));
    await listOf(alice);
    await ask("Alice Martin");
    await press("Revoke");
    const result = await screen.findByRole("region");
    expect(result.textContent).toContain("Sessions NOT ended: Only offline sessions are left");
  });

  it("does not take another conflict for that", async () => {
    const account = `/admin/realms/acme/users/${keycloakId}`;
    server.on("GET", account, json({ enabled: true }));
    server.on("PUT", account, json({ errorMessage: "User exists with same email" }, 409));
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1"));
    await listOf(alice);
    const dialog = await ask("Alice Martin");
    await userEvent.click(within(dialog).getByRole("radio", { name: "Revoke sessions and disable account" }));
    await press("Revoke sessions and disable account");
    expect((await screen.findByRole("region")).textContent).toContain(
      "Account NOT disabled: The server answered 409. User exists with same email",
    );
  });

  it("can be stopped between two, and says what was not begun", async () => {
    let answer = (_response: Response) => {};
    server.on("DELETE", `${USERS}/${userId}`, () => new Promise((resolve) => (answer = resolve)));
    await listOf(alice, bob);
    await askAll();
    await press("Revoke 3 sessions of 2 people");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuetext")).toBe("0 / 2");
    await press("Stop");
    answer(report("ses_1"));
    const result = await screen.findByRole("region");
    expect(result.textContent).toContain("1 of 2 done");
    expect(result.textContent).toContain("1 was not begun.");
    expect(server.asked("DELETE")).toHaveLength(1);
  });

  it("refreshes the list when it is closed, and selects nothing any more", async () => {
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1")).on("DELETE", `${USERS}/usr_b`, report("ses_b"));
    await listOf(alice, bob);
    await askAll();
    await press("Revoke 3 sessions of 2 people");
    await screen.findByRole("region");
    server.on("GET", USERS, json({ application_users: [bob], uri: "", next_page_uri: null }));
    await press("Close");
    await waitFor(() => {
      expect(screen.queryByRole("link", { name: "Alice Martin" })).toBeNull();
    });
    expect(screen.getByRole("checkbox", { name: "Bob: select" })).toHaveProperty("checked", false);
    expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
  });
});
