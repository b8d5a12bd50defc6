import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClientRepresentation } from "../api/keycloak";
import { API, knowAdmin, openPage } from "../testing/page";
import { FakeServer, json, refusal } from "../testing/server";

const REALM = "/admin/realms/acme";
let server: FakeServer;

const desk: ClientRepresentation = { id: "1", clientId: "help-desk", access: { configure: true } };

function clients(...list: ClientRepresentation[]): void {
  server.on("GET", `${REALM}/clients`, json(list));
  for (const client of list) {
    server.on("GET", `${REALM}/clients/${client.id}`, json(client));
    server.on("PUT", `${REALM}/clients/${client.id}`, new Response(null, { status: 204 }));
  }
}

function attributesPut(): unknown {
  const put = server.received.findLast(({ method }) => method === "PUT");
  return (put?.body as { attributes?: unknown } | undefined)?.attributes;
}

beforeEach(() => {
  server = knowAdmin(new FakeServer())
    .on("GET", REALM, json({ realm: "acme", attributes: { other: "1", "identities.audit-user-key": "clear" } }))
    .on("PUT", REALM, new Response(null, { status: 204 }));
  clients(desk);
});
afterEach(() => {
  location.hash = "";
});

describe("who sees the settings", () => {
  it("is who may manage the realm", async () => {
    server.on("GET", `${API}/users`, json({ application_users: [], uri: "", next_page_uri: null }));
    openPage("users");
    expect((await screen.findByRole("link", { name: "Settings" })).getAttribute("href")).toBe(
      "#/acme/identities/settings",
    );
  });

  it("is nobody else", async () => {
    knowAdmin(server, { realm_access: { acme: ["view-realm"], other: ["manage-realm"] } });
    openPage("settings");
    await screen.findByText("Not permitted");
    expect(screen.queryByRole("link", { name: "Settings" })).toBeNull();
    expect(server.asked()).not.toContain(`GET ${REALM}`);
  });

  it("may be somebody who may not manage clients", async () => {
    knowAdmin(server, { realm_access: { acme: ["manage-realm"] } });
    openPage("settings");
    await screen.findByText("You are not permitted to manage clients.");
    expect(server.asked().some((request) => request.includes("/clients"))).toBe(false);
  });

  it("is unknown as long as the server does not say", async () => {
    server.on("GET", "/admin/master/console/whoami", refusal(500));
    openPage("settings");
    await screen.findByText("Could not be loaded");
  });
});

describe("the realm's settings", () => {
  const save = () => screen.getByRole("button", { name: "Save" });

  it("show what holds", async () => {
    openPage("settings");
    expect(await screen.findByLabelText("Offline sessions included")).toHaveProperty("checked", true);
    expect(screen.getByLabelText("Require X-XSRF-Header")).toHaveProperty("checked", false);
    expect(screen.getByLabelText("User key in the audit")).toHaveProperty("value", "clear");
    expect(screen.getByPlaceholderText("username")).toHaveProperty("value", "");
    expect(save()).toHaveProperty("disabled", true);
  });

  it("are stored as far as they were changed; what is as by default is unset", async () => {
    openPage("settings");
    await userEvent.click(await screen.findByLabelText("Offline sessions included"));
    await userEvent.selectOptions(screen.getByLabelText("User key in the audit"), "Hash");
    await userEvent.type(screen.getByPlaceholderText("username"), " email ");
    await userEvent.click(save());
    await screen.findByText("Saved");
    expect(attributesPut()).toEqual({
      other: "1",
      "identities.audit-user-key": "",
      "identities.revoke-offline-sessions": "false",
      "identities.user-key-attribute": "email",
    });
  });

  it("do not undo what somebody else changed in the meantime", async () => {
    openPage("settings");
    await userEvent.click(await screen.findByLabelText("Require X-XSRF-Header"));
    server.on("GET", REALM, json({ realm: "acme", displayName: "new", attributes: { other: "2" } }));
    await userEvent.click(save());
    await screen.findByText("Saved");
    expect(attributesPut()).toEqual({ other: "2", "identities.require-xsrf-header": "true" });
    expect(server.received.findLast(({ method }) => method === "PUT")?.body).toMatchObject({ displayName: "new" });
  });

  it("refuse what is no number within bounds", async () => {
    openPage("settings");
    await userEvent.type(await screen.findByLabelText("Requests per minute"), "0");
    expect(screen.getByText("A whole number from 1 to 1000000, or nothing.")).toBeTruthy();
    expect(save()).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByRole("button", { name: "Revert" }));
    expect(screen.getByLabelText("Requests per minute")).toHaveProperty("value", "");
  });

  it("say so when they could not be stored, and keep what was typed", async () => {
    server.on("PUT", REALM, refusal(403));
    openPage("settings");
    await userEvent.click(await screen.findByLabelText("Require X-XSRF-Header"));
    await userEvent.click(save());
    await screen.findByText("Not saved");
    expect(screen.getByLabelText("Require X-XSRF-Header")).toHaveProperty("checked", true);
  });
});

describe("what was changed and not saved", () => {
  const title = "Leave without saving?";

  async function change(): Promise<void> {
    server.on("GET", `${API}/users`, json({ application_users: [], uri: "", next_page_uri: null }));
    openPage("settings");
    await userEvent.click(await screen.findByLabelText("Require X-XSRF-Header"));
  }

  /** Whether the browser would ask before it closes the page. */
  function asksAtTheEnd(): boolean {
    return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  }

  it("stays when the administrator does", async () => {
    await change();
    expect(asksAtTheEnd()).toBe(true);
    await userEvent.click(screen.getByRole("link", { name: "People" }));
    const dialog = await screen.findByRole("dialog", { name: new RegExp(title.replace("?", ".")) });
    expect(location.hash).toBe("#/acme/identities/settings");
    await userEvent.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByLabelText("Require X-XSRF-Header")).toHaveProperty("checked", true);
  });

  it("is lost when that is what is wanted", async () => {
    await change();
    await userEvent.click(screen.getByRole("link", { name: "People" }));
    await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
    await screen.findByText("Nobody is signed in");
    expect(location.hash).toBe("#/acme/identities/users");
    expect(asksAtTheEnd()).toBe(false);
  });

  it("is not lost to the console's own links, which act on the click", async () => {
    await change();
    const link = document.createElement("a");
    link.href = "#/acme/clients";
    const acted = vi.fn((event: Event) => {
      event.preventDefault();
    });
    link.addEventListener("click", acted);
    document.body.append(link);
    link.click();
    await screen.findByText(title);
    expect(acted).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Leave" }));
    expect(acted).toHaveBeenCalledOnce();
    link.remove();
  });

  it("is not lost to the browser's way back", async () => {
    location.hash = "#/acme/identities/users";
    await change();
    const heard = vi.fn();
    window.addEventListener("popstate", heard);
    history.back();
    await screen.findByText(title);
    expect(location.hash).toBe("#/acme/identities/settings");
    expect(heard).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Leave" }));
    await screen.findByText("Nobody is signed in");
    expect(location.hash).toBe("#/acme/identities/users");
    window.removeEventListener("popstate", heard);
  });

  it("is asked for no more once it is saved, or reverted", async () => {
    await change();
    await userEvent.click(screen.getByRole("button", { name: "Revert" }));
    expect(asksAtTheEnd()).toBe(false);
    await userEvent.click(screen.getByLabelText("Require X-XSRF-Header"));
    expect(asksAtTheEnd()).toBe(true);
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    await waitFor(() => {
      expect(asksAtTheEnd()).toBe(false);
    });
  });

  it("is no matter where nothing was changed, nor where a link opens elsewhere", async () => {
    await change();
    const link = document.createElement("a");
    link.href = "https://elsewhere.example/";
    link.target = "_blank";
    document.body.append(link);
    link.click();
    screen.getByRole("link", { name: "Settings" }).click();
    expect(screen.queryByText(title)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Revert" }));
    await userEvent.click(screen.getByRole("link", { name: "People" }));
    await screen.findByText("Nobody is signed in");
    link.remove();
  });
});

describe("a client", () => {
  const management = "Session Management API: help-desk";

  it("is switched on by itself", async () => {
    openPage("settings");
    const toggle = await screen.findByLabelText(management);
    expect(toggle).toHaveProperty("checked", false);
    server.on(
      "GET",
      `${REALM}/clients`,
      json([{ ...desk, attributes: { "identities.session-management-api": "true" } }]),
    );
    await userEvent.click(toggle);
    expect(attributesPut()).toEqual({ "identities.session-management-api": "true" });
    await waitFor(() => {
      expect(screen.getByLabelText(management)).toHaveProperty("checked", true);
    });
  });

  it("shows what the server has when it could not be switched on", async () => {
    server.on("PUT", `${REALM}/clients/1`, refusal(403));
    openPage("settings");
    await userEvent.click(await screen.findByLabelText(management));
    await screen.findByText("Not saved");
    expect(screen.getByLabelText(management)).toHaveProperty("checked", false);
  });

  it("has a user key of its own", async () => {
    openPage("settings");
    await userEvent.type(await screen.findByLabelText("User key attribute: help-desk"), "employeeNumber{Enter}");
    expect(attributesPut()).toEqual({ "identities.user-key-attribute": "employeeNumber" });
  });

  it.each([
    [{ publicClient: true }, /public client cannot/],
    [{ bearerOnly: true }, /bearer-only client cannot/],
    [{ protocol: "saml" }, /Only an OpenID Connect client/],
    [{ access: { configure: false } }, /may not manage this client/],
  ])("that is %j cannot be switched on", async (changes, reason) => {
    clients({ ...desk, ...changes });
    openPage("settings");
    expect(await screen.findByLabelText(management)).toHaveProperty("disabled", true);
    expect(screen.getByText(reason)).toBeTruthy();
  });

  it("comes after those that something can be switched on for, where nothing can", async () => {
    clients({ ...desk, id: "2", clientId: "account", publicClient: true }, desk);
    openPage("settings");
    const rows = within(await screen.findByRole("table")).getAllByRole("row");
    expect(rows.slice(1).map((row) => row.textContent)).toEqual(["help-desk", expect.stringMatching(/^account/)]);
  });

  it("is found by its id, and page by page", async () => {
    clients(...Array.from({ length: 11 }, (_, n) => ({ id: String(n), clientId: `client-${n}` })));
    openPage("settings");
    const table = await screen.findByRole("table");
    expect(within(table).getByText("client-9")).toBeTruthy();
    expect(within(table).queryByText("client-10")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    await userEvent.type(screen.getByRole("searchbox"), "desk");
    await waitFor(() => {
      expect(server.asked().filter((request) => request.includes("/clients?"))).toEqual([
        `GET ${REALM}/clients?first=0&max=11`,
        `GET ${REALM}/clients?first=10&max=11`,
        `GET ${REALM}/clients?first=0&max=11&clientId=desk&search=true`,
      ]);
    });
  });
});
