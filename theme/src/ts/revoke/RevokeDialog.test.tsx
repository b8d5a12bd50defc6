import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alice, ask, me, openList, press, report } from "../testing/dialog";
import { API, knowAdmin } from "../testing/page";
import { client, hostile, keycloakId, local, partner, session, user, userAgent, userId } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";

const USERS = `${API}/users`;
let server: FakeServer;

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("the question", () => {
  it("names person, device, place and applications of all sessions", async () => {
    await openList(server, alice);
    const dialog = await ask("Alice Martin");
    await within(dialog).findByText("Safari on Windows");
    for (const text of ["Alice Martin", "alice.martin", "Chrome on Windows"]) {
      expect(within(dialog).getByText(text)).toBeTruthy();
    }
    expect(within(dialog).getAllByText("Berlin, Germany · 192.0.2.10")).toHaveLength(2);
    expect(within(dialog).getAllByText("MAIL")).toHaveLength(2);
  });

  it("says what ends and what does not", async () => {
    await openList(server, alice);
    const dialog = await ask("Alice Martin");
    expect(dialog.textContent).toMatch(/refresh tokens.*refused at once/);
    expect(dialog.textContent).toMatch(/Access tokens.*valid until they expire/);
    expect(dialog.textContent).toMatch(/The account: the user may sign in again/);
  });

  it("does nothing unless it is answered", async () => {
    await openList(server, alice);
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
    await openList(server, me);
    const dialog = await ask("Me");
    expect(dialog.textContent).toContain("your own session");
    expect(within(dialog).queryByRole("radio")).toBeNull();
  });

  it("disables nothing as long as nobody knows whose account is his own", async () => {
    server.on("GET", "/admin/master/console/whoami", refusal(500));
    await openList(server, alice);
    const dialog = await ask("Alice Martin");
    expect(within(dialog).queryByRole("radio")).toBeNull();
    expect(within(dialog).getByRole("button", { name: "Revoke" })).toBeTruthy();
  });

  it("warns nobody else", async () => {
    await openList(server, alice);
    const dialog = await ask("Alice Martin");
    expect(dialog.textContent).not.toContain("your own session");
  });

  it("knows the administrator also by the account that he came by", async () => {
    knowAdmin(server, { realm: "acme", userId: keycloakId });
    await openList(server, alice);
    expect((await ask("Alice Martin")).textContent).toContain("your own session");
  });

  it("shows hostile texts as text", async () => {
    const agent = userAgent({ browser_name: hostile, os_name: "" });
    const evil = { name: hostile, clients: [client("x", { name: hostile })] };
    await openList(
      server,
      user({ ...evil, latest_session: session({ ...evil, browser_session: { user_agent: agent } }) }),
    );
    const dialog = await ask(hostile);
    expect(dialog.querySelector("script, img")).toBeNull();
    expect(within(dialog).getAllByText(hostile).length).toBeGreaterThanOrEqual(2);
  });
});

describe("the answer", () => {
  it("sends the reason, and says who knows about it", async () => {
    await openList(server, user({ clients: [client("mail"), client("wiki")], identity_providers: [local, partner] }));
    server.on(
      "DELETE",
      `${USERS}/${userId}`,
      report(
        "ses_1",
        { party: "mail", name: "MAIL", status: "confirmed" },
        { party: "wiki", name: "WIKI", status: "pending" },
        { party: "ghost", name: "ghost", status: "failed" },
        { party: "idp:partner", name: "Partner", status: "cannot_tell" },
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
        "MAIL: notified, and confirmed it",
        "WIKI: is being notified",
        "ghost: could not be notified",
        "Partner: not asked, because back-channel logout is off or not set up for it",
      ]),
    );
    expect(result.textContent).toContain("All done");
    expect(server.asked("DELETE")).toEqual([`DELETE ${USERS}/${userId}?report=true&reason=stolen+laptop`]);
  });

  it("counts the applications that cannot be notified, and names them on demand", async () => {
    const names = ["mail", "wiki", "crm"];
    await openList(server, user({ clients: names.map((name) => client(name)) }));
    const told = names.map((party) => ({ party, name: party.toUpperCase(), status: "cannot_tell" as const }));
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1", ...told));
    await ask("Alice Martin");
    await press("Revoke");
    const summary = await screen.findByText(
      "3 applications cannot be notified, and notice when they next ask Keycloak",
    );
    expect(summary.closest("details")?.textContent).toContain("MAIL, WIKI, and CRM");
    expect(screen.queryByText(/^MAIL:/)).toBeNull();
  });

  it("names whom the list does not know, by what the server calls them", async () => {
    await openList(server, alice);
    server.on(
      "DELETE",
      `${USERS}/${userId}`,
      report(
        "ses_1",
        { party: "app-02", name: "Payroll & Time", status: "confirmed" },
        { party: "app-03", name: hostile, status: "pending" },
        { party: "idp:google", name: "Google", status: "confirmed" },
        { party: "(hidden)", name: "(hidden)", status: "failed" },
      ),
    );
    await ask("Alice Martin");
    await press("Revoke");
    const result = await screen.findByRole("region", { name: "Result" });
    const lines = within(result)
      .getAllByRole("listitem")
      .map((item) => item.textContent);
    expect(lines).toEqual(
      expect.arrayContaining([
        "Payroll & Time: notified, and confirmed it",
        `${hostile}: is being notified`,
        "Google: asked to sign the user out",
        "Hidden application: could not be notified",
      ]),
    );
    expect(result.querySelector("script, img")).toBeNull();
  });

  it("disables the account as well, where that is wanted", async () => {
    const account = `/admin/realms/acme/users/${keycloakId}`;
    server.on("GET", account, json({ enabled: true })).on("PUT", account, refusal(403));
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1"));
    await openList(server, alice);
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

  it("says how many sessions work again when the account is enabled", async () => {
    const account = `/admin/realms/acme/users/${keycloakId}`;
    server.on("GET", account, json({ enabled: true })).on("PUT", account, new Response(null, { status: 204 }));
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1"));
    await openList(server, alice);
    const dialog = await ask("Alice Martin");
    await userEvent.click(within(dialog).getByRole("radio", { name: "Revoke sessions and disable account" }));
    await press("Revoke sessions and disable account");
    const result = await screen.findByRole("region");
    expect(result.textContent).toContain("0 of 1 done");
    expect(result.textContent).toContain("Account disabled");
    expect(result.textContent).toContain("2 sessions are left and work again when the account is enabled.");
    server.on("GET", `${USERS}/${userId}/sessions`, refusal(404));
    await press("Try again");
    await screen.findByText("All done");
    expect((await screen.findByRole("region")).textContent).not.toContain("are left");
  });

  it("says why nothing was done at all", async () => {
    server.on("DELETE", `${USERS}/${userId}`, refusal(409));
    await openList(server, alice);
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
    await openList(server, alice);
    const dialog = await ask("Alice Martin");
    await userEvent.click(within(dialog).getByRole("radio", { name: "Revoke sessions and disable account" }));
    await press("Revoke sessions and disable account");
    expect((await screen.findByRole("region")).textContent).toContain(
      "Account NOT disabled: The server answered 409. User exists with same email",
    );
  });
});
