import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { berlin, client, hostile, keycloakId, partner, session, user, userAgent, userId } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";

const USER = `${API}/users/${userId}`;
let server: FakeServer;

function sessions(...list: Session[]): Response {
  return json({ application_sessions: list, uri: "", next_page_uri: null });
}

const phone = session({
  id: "ses_phone",
  kind: "offline",
  clients: [],
  identity_provider: partner,
  browser_session: { user_agent: userAgent({ browser_name: "Safari", os_name: "iOS" }), location: null },
});

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

async function sessionTable(): Promise<HTMLElement> {
  return screen.findByRole("table", { name: "Sessions" });
}

describe("the page of a person", () => {
  it("says of somebody without a stored account that there is none, and links to none", async () => {
    server.on("GET", USER, json(user({ account: "transient", sessions_count: 1 })));
    server.on("GET", `${USER}/sessions`, sessions(session()));
    openPage(`users/${userId}`);
    await screen.findByText("No stored account");
    expect(screen.queryByText("Enabled")).toBeNull();
    expect(screen.queryByRole("link", { name: "Open the account in Keycloak" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Revoke all sessions" }));
    await screen.findByRole("dialog");
    expect(screen.queryByRole("radio")).toBeNull();
  });

  it("says who that is, which applications were reached, and from where", async () => {
    const clients = [client("mail", { uuid: "uuid-mail" }), client("evil", { base_url: "javascript:alert(1)" })];
    server.on("GET", USER, json(user({ identity_providers: [partner], clients })));
    server.on("GET", `${USER}/sessions`, sessions(session({ current: true }), phone));
    openPage(`users/${userId}`);

    expect(await screen.findByRole("heading", { level: 1, name: "Alice Martin" })).toBe(document.activeElement);
    for (const text of ["alice@acme.example", keycloakId, "Enabled", "https://partner.example"]) {
      expect(screen.getByText(text)).toBeTruthy();
    }
    expect(screen.getByRole("link", { name: "Open the account in Keycloak" }).getAttribute("href")).toBe(
      `#/acme/users/${keycloakId}/settings`,
    );
    const applications = screen.getByRole("table", { name: "Applications" });
    expect(within(applications).getByRole("link", { name: "https://mail.example/" }).getAttribute("href")).toBe(
      "https://mail.example/",
    );
    expect(within(applications).getByText("javascript:alert(1)").closest("a")).toBeNull();
    const filter = new URLSearchParams({ filter: 'obj.clients.exists(c, c.client_id == "mail")' }).toString();
    expect(within(applications).getByRole("link", { name: "MAIL" }).getAttribute("href")).toBe(
      `#/acme/identities/sessions?${filter}`,
    );
    expect(within(applications).getByRole("link", { name: "mail" }).getAttribute("href")).toBe(
      "#/acme/clients/uuid-mail/settings",
    );
    expect(within(applications).queryByRole("link", { name: "evil" })).toBeNull();
    const [, first, second] = within(await sessionTable()).getAllByRole("row");
    expect(first?.textContent).toMatch(/Chrome on Windows.*Your session.*192\.0\.2\.10.*Berlin, Germany/);
    expect(second?.textContent).toMatch(/Safari on iOS.*Offline.*Unknown.*Partner/);
    expect(within(second!).getByRole("link").getAttribute("href")).toBe(
      `#/acme/identities/users/${userId}/sessions/ses_phone`,
    );
    expect(await screen.findByRole("img", { name: "World map that shows Berlin, Germany" })).toBeTruthy();
  });

  it("marks the sessions that the person did not begin with a browser", async () => {
    const program = session({ id: "ses_program", grant: "password" });
    const chief = session({ id: "ses_c", impersonator: { id: "usr_c", username: "chief" }, grant: "impersonation" });
    server.on("GET", USER, json(user({ sessions_count: 3 })));
    server.on("GET", `${USER}/sessions`, sessions(program, chief, session()));
    openPage(`users/${userId}`);
    const [, first, second, third] = within(await sessionTable()).getAllByRole("row");
    expect(within(first!).getByText("Without a browser: password")).toBeTruthy();
    expect(within(second!).getByText("Impersonated by chief")).toBeTruthy();
    expect(third?.textContent).not.toMatch(/Without a browser|Impersonated/);
  });

  it("says why the name of an application is missing", async () => {
    const hidden = client("(hidden)", { name: "(hidden)", base_url: "" });
    server.on("GET", USER, json(user({ clients: [hidden] })));
    server.on("GET", `${USER}/sessions`, sessions(session({ clients: [hidden] })));
    openPage(`users/${userId}`);
    const [cell] = await within(await sessionTable()).findAllByText("Hidden application");
    expect(cell?.getAttribute("title")).toContain("view-clients");
    const applications = screen.getByRole("table", { name: "Applications" });
    expect(within(applications).getByText(/view-clients/)).toBeTruthy();
  });

  it("names the hidden applications once", async () => {
    const hidden = client("(hidden)", { name: "(hidden)", base_url: "" });
    server.on("GET", USER, json(user({ clients: [hidden, client("mail"), hidden] })));
    server.on("GET", `${USER}/sessions`, sessions(session()));
    openPage(`users/${userId}`);
    await sessionTable();
    const applications = screen.getByRole("table", { name: "Applications" });
    expect(within(applications).getByText("2 hidden applications")).toBeTruthy();
    expect(within(applications).getAllByText(/view-clients/)).toHaveLength(1);
  });

  it("begins with the sessions", async () => {
    server.on("GET", USER, json(user()));
    server.on("GET", `${USER}/sessions`, sessions(session()));
    openPage(`users/${userId}`);
    await sessionTable();
    expect(screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      "Sessions",
      "Overview",
      "Applications",
    ]);
  });

  it("has the applications of all sessions, also of those that the server leaves out for the person", async () => {
    const many = Array.from({ length: 30 }, (_, i) => session({ id: `ses_${i}`, clients: [client(`app-${i}`)] }));
    server.on("GET", USER, json(user({ sessions_count: 30, clients: [client("app-0")] })));
    server.on("GET", `${USER}/sessions`, sessions(...many));
    openPage(`users/${userId}`);
    await sessionTable();
    const applications = screen.getByRole("table", { name: "Applications" });
    expect(within(applications).getAllByRole("row")).toHaveLength(31);
    expect(screen.queryByText(/Not all/)).toBeNull();
  });

  it("says so where it does not have all applications", async () => {
    server.on("GET", USER, json(user({ sessions_count: 500 })));
    const page = { application_sessions: [session()], uri: "", next_page_uri: "https://x.example/s?before_id=ses_1" };
    server.on("GET", `${USER}/sessions`, json(page));
    openPage(`users/${userId}`);
    await screen.findByText(/Not all: those of the sessions on this page, and of the 20 sessions used last/);
  });

  it("leads back to the list as it was searched, and on to sessions with that", async () => {
    server.on("GET", USER, json(user()));
    server.on("GET", `${USER}/sessions`, sessions(phone));
    openPage(`users/${userId}?search=mar&identity_provider=partner`);
    expect(
      within(await sessionTable())
        .getByRole("link")
        .getAttribute("href"),
    ).toBe(`#/acme/identities/users/${userId}/sessions/ses_phone?search=mar&identity_provider=partner`);
    expect(screen.getByRole("link", { name: "Identities" }).getAttribute("href")).toBe(
      "#/acme/identities/users?search=mar&identity_provider=partner",
    );
  });

  it("shows no map where no place is known", async () => {
    server.on("GET", USER, json(user()));
    server.on("GET", `${USER}/sessions`, sessions(phone));
    openPage(`users/${userId}`);
    await sessionTable();
    expect(screen.queryByRole("img")).toBeNull();
  });

  it("shows hostile texts as text", async () => {
    const agent = userAgent({ browser_name: hostile, raw: hostile });
    server.on("GET", USER, json(user({ name: hostile, username: hostile, clients: [client(hostile)] })));
    server.on(
      "GET",
      `${USER}/sessions`,
      sessions(session({ browser_session: { user_agent: agent, location: { ...berlin, city: hostile } } })),
    );
    const { container } = openPage(`users/${userId}`);
    await screen.findByRole("img");
    expect(container.querySelector("script, img")).toBeNull();
  });

  it("offers no trash can to those who may not manage the person", async () => {
    server.on("GET", USER, json(user({ access: { manage: false } })));
    server.on("GET", `${USER}/sessions`, sessions(session({ access: { manage: false } })));
    openPage(`users/${userId}`);
    const table = await sessionTable();
    expect(within(table).queryByRole("button")).toBeNull();
    expect(screen.queryByRole("button", { name: /Revoke/ })).toBeNull();
  });

  it("revokes some of the sessions, and shows what is left", async () => {
    let left = [session(), phone];
    server.on("GET", USER, json(user({ sessions_count: 2 })));
    server.on("GET", `${USER}/sessions`, () => sessions(...left));
    server.on("DELETE", `${API}/sessions/ses_phone`, () => {
      left = [session()];
      return json({ sessions: [{ id: "ses_phone", kind: "offline", status: "revoked", applications: [] }] });
    });
    openPage(`users/${userId}`);
    const table = await sessionTable();
    await userEvent.click(within(table).getByRole("checkbox", { name: /Safari on iOS/ }));
    await userEvent.click(screen.getByRole("button", { name: "Revoke selected (1)" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("With an offline session, also the online one");
    await userEvent.click(within(dialog).getByRole("button", { name: "Revoke" }));
    await userEvent.click(await screen.findByRole("button", { name: "Close" }));
    await waitFor(() => {
      expect(within(table).queryByText("Safari on iOS")).toBeNull();
    });
    expect(server.asked("DELETE")).toEqual([`DELETE ${API}/sessions/ses_phone?report=true`]);
  });

  it("ends all sessions but the administrator's own, where they are his", async () => {
    server.on("GET", USER, json(user({ sessions_count: 2 })));
    server.on("GET", `${USER}/sessions`, sessions(session({ current: true }), phone));
    server.on("DELETE", `${API}/sessions/ses_phone`, json({ sessions: [] }));
    openPage(`users/${userId}`);
    await sessionTable();
    await userEvent.click(screen.getByRole("button", { name: "Revoke all but this one" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).not.toContain("own session");
    await userEvent.click(within(dialog).getByRole("button", { name: "Revoke" }));
    await screen.findByText("All done");
    expect(server.asked("DELETE")).toEqual([`DELETE ${API}/sessions/ses_phone?report=true`]);
  });

  it("does not offer that for others", async () => {
    server.on("GET", USER, json(user()));
    server.on("GET", `${USER}/sessions`, sessions(session(), phone));
    openPage(`users/${userId}`);
    await sessionTable();
    expect(screen.queryByRole("button", { name: "Revoke all but this one" })).toBeNull();
  });

  it("says so when the person is not signed in any more", async () => {
    server.on("GET", USER, refusal(404));
    server.on("GET", `${USER}/sessions`, refusal(404));
    openPage(`users/${userId}`);
    await screen.findByText("Not signed in");
    expect(screen.getByRole("link", { name: "Everybody who is signed in" })).toBeTruthy();
  });

  it.each([
    [true, /Alice Martin has no live session. The account is enabled/],
    [false, /Alice Martin has no live session. The account is disabled/],
  ])("says who is not signed in, and whether the account is enabled: %s", async (enabled, text) => {
    const account = { id: keycloakId, username: "alice.martin", firstName: "Alice", lastName: "Martin", enabled };
    server.on("GET", USER, refusal(404)).on("GET", `${USER}/sessions`, refusal(404));
    server.on("GET", `/admin/realms/acme/users/${keycloakId}`, json(account));
    openPage(`users/${userId}`);
    await screen.findByText(text);
    expect(screen.getByRole("link", { name: "Open the account in Keycloak" }).getAttribute("href")).toBe(
      `#/acme/users/${keycloakId}/settings`,
    );
  });

  it("tells an account that does not exist from one that is signed out", async () => {
    server.on("GET", USER, refusal(404)).on("GET", `${USER}/sessions`, refusal(404));
    server.on("GET", `/admin/realms/acme/users/${keycloakId}`, json({ error: "User not found" }, 404));
    openPage(`users/${userId}`);
    await screen.findByText("There is no such account.");
  });

  it("says so also to those who were looking at it", async () => {
    server.on("GET", USER, json(user()));
    server.on("GET", `${USER}/sessions`, sessions(session()));
    openPage(`users/${userId}`);
    await sessionTable();
    server.on("GET", USER, refusal(404));
    await userEvent.click(screen.getByRole("button", { name: "Live" }));
    await userEvent.click(screen.getByRole("button", { name: "Paused" }));
    await screen.findByText("Not signed in");
    expect(screen.queryByRole("table")).toBeNull();
    expect(screen.queryByRole("button", { name: "Revoke all sessions" })).toBeNull();
  });
});
