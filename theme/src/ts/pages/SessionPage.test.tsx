import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { berlin, client, hostile, session, sessionId, user, userAgent, userId } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";

let server: FakeServer;

function open(shown: Session): ReturnType<typeof openPage> {
  server.on("GET", `${API}/users/${userId}`, json(user()));
  server.on("GET", `${API}/sessions/${sessionId}`, json(shown));
  return openPage(`users/${userId}/sessions/${sessionId}`);
}

/** What stands beside a term. */
async function fact(term: string): Promise<string | null | undefined> {
  const found = await screen.findByText(term, { selector: "dt *" });
  return found.closest("dt")?.nextElementSibling?.textContent;
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("the page of a session", () => {
  it("says with what, from where, and when it ends", async () => {
    open(session({ clients: [client("mail"), client("wiki")], remember_me: true, auth_method: "saml" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Chrome on Windows" })).toBeTruthy();
    expect(await fact("Type")).toBe("Computer");
    expect(await fact("Browser")).toBe("Chrome 141.0");
    expect(await fact("Operating system")).toBe("Windows 10");
    expect(await fact("User agent")).toBe("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0");
    expect(await fact("IP address")).toBe("192.0.2.10");
    expect(await fact("City")).toBe("Berlin");
    expect(await fact("Country")).toBe("Germany");
    expect(await fact("Accuracy")).toContain("within about 50 kilometers");
    expect(await fact("Ends unless used")).toMatch(/^in \d+ years · Nov 22, 2126.*(UTC|GMT)/);
    expect(await fact("Ends at the latest")).toMatch(/^in \d+ years · Nov 22, 2126.*(UTC|GMT)/);
    expect(await fact("Started")).toMatch(/ago · Nov 22, 2026|yesterday · Nov 22, 2026|now · Nov 22, 2026/);
    expect(await fact("Session ID in tokens and logs (sid)")).toBe("rotF-VHnLE5JcDWeVn9XBAMh");
    expect(await fact("Remember me")).toBe("Yes");
    expect(await fact("Protocol")).toBe("SAML");
    expect(await fact("Kind")).toContain("Online");
    expect(await fact("Coordinates")).toContain("52.52, 13.41");
    expect(screen.getByText("WIKI")).toBeTruthy();
    expect(await screen.findByRole("img", { name: /Berlin/ })).toBeTruthy();
  });

  it("says exactly when each application was used, also of those that are hidden", async () => {
    const used = { started_at: "2025-11-22T05:00:00Z", last_active: "2025-11-23T05:30:00Z" };
    open(session({ clients: [client("mail", used), client("(hidden)", used)] }));
    const table = await screen.findByRole("table", { name: "Applications" });
    const [, mail, hidden] = within(table).getAllByRole("row");
    for (const row of [mail, hidden]) {
      expect(row?.textContent).toMatch(/ago · Nov 22, 2025, .*(UTC|GMT).*ago · Nov 23, 2025, .*(UTC|GMT)/);
    }
  });

  it("leads back to the person, and to the list as it was searched", async () => {
    server.on("GET", `${API}/users/${userId}`, json(user()));
    server.on("GET", `${API}/sessions/${sessionId}`, json(session()));
    openPage(`users/${userId}/sessions/${sessionId}?search=mar&order=id`);
    expect((await screen.findByRole("link", { name: "Alice Martin" })).getAttribute("href")).toBe(
      `#/acme/identities/users/${userId}?search=mar&order=id`,
    );
    expect(screen.getByRole("link", { name: "Identities" }).getAttribute("href")).toBe(
      "#/acme/identities/users?search=mar&order=id",
    );
  });

  it("opens the coordinates in a map service that learns nothing of where they come from", async () => {
    open(session());
    const link = await screen.findByRole("link", { name: "Open in OpenStreetMap" });
    expect(link.getAttribute("href")).toBe("https://www.openstreetmap.org/?mlat=52.52&mlon=13.41#map=10/52.52/13.41");
    expect(link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(link.getAttribute("target")).toBe("_blank");
  });

  it.each([
    ["", "", "Unknown device", "Unknown"],
    ["Other", "", "Unknown device", "Unknown"],
    ["Other", "Bot", "Program", "Program"],
  ])("calls a device of %j and type %j %j", async (name, type, title, shownType) => {
    const nameless = { browser_name: name, browser_version: "", os_name: name, os_version: "" };
    open(session({ browser_session: { user_agent: userAgent({ ...nameless, device_type: type, raw: "" }) } }));
    expect(await screen.findByRole("heading", { level: 1, name: title })).toBeTruthy();
    expect(await fact("Type")).toBe(shownType);
    expect(await fact("Browser")).toBe("Unknown");
    expect(await fact("Operating system")).toBe("Unknown");
    expect(await fact("User agent")).toBe("Unknown");
  });

  it("says by which request it began where no browser signed in", async () => {
    open(session({ grant: "client_credentials" }));
    expect(await fact("Sign-in")).toBe("Without a browser: client credentials");
    expect(screen.getAllByText("Without a browser: client credentials")).toHaveLength(2);
  });

  it("says who impersonates, as text", async () => {
    const { container } = open(session({ impersonator: { id: "usr_c", username: hostile }, grant: "impersonation" }));
    expect(await fact("Sign-in")).toBe(`Impersonated by ${hostile}`);
    expect(container.querySelector("script, img")).toBeNull();
  });

  it("says that somebody impersonates who may not be seen", async () => {
    open(session({ impersonator: { id: "", username: "(hidden)" } }));
    expect(await fact("Sign-in")).toBe("Impersonated by an administrator you may not see");
    expect(screen.queryByText(/\(hidden\)/)).toBeNull();
  });

  it("says nothing of that where the person signed in with a browser", async () => {
    open(session());
    await fact("Kind");
    expect(screen.queryByText("Sign-in")).toBeNull();
    expect(screen.queryByText(/Without a browser|Impersonated/)).toBeNull();
  });

  it("shows what was recorded where that is not the address itself", async () => {
    open(session({ browser_session: { ip_address: "2001:db8::9", recorded_ip_address: "[2001:db8::9]" } }));
    expect(await fact("IP address")).toBe("2001:db8::9");
    expect(await fact("IP address as recorded")).toBe("[2001:db8::9]");
  });

  it("shows an address once where it was recorded as it is", async () => {
    open(session());
    expect(await fact("IP address")).toBe("192.0.2.10");
    expect(screen.queryByText("IP address as recorded")).toBeNull();
  });

  it("pins nobody to the middle of a country", async () => {
    const country = { ...berlin, city: null, latitude: null, longitude: null, lat_long_radius_km: null };
    open(session({ browser_session: { location: country } }));
    expect(await fact("Country")).toBe("Germany");
    expect(await fact("Accuracy")).toContain("only the country");
    expect(await fact("Coordinates")).toBe("Unknown");
    expect(screen.queryByRole("img")).toBeNull();
  });

  it("shows nothing of a place that is unknown", async () => {
    open(session({ browser_session: { location: null } }));
    expect(await fact("Country")).toBe("Unknown");
    expect(await fact("Accuracy")).toBe("Unknown");
    expect(screen.queryByRole("img")).toBeNull();
    expect(screen.queryByRole("link", { name: /OpenStreetMap/ })).toBeNull();
  });

  it("shows a hostile user agent as text", async () => {
    const { container } = open(
      session({ browser_session: { user_agent: userAgent({ raw: hostile, browser_name: hostile }) } }),
    );
    expect(await fact("User agent")).toBe(hostile);
    expect(container.querySelector("script, img")).toBeNull();
  });

  it("offers to revoke only where that is permitted", async () => {
    open(session({ access: { manage: false } }));
    await fact("Type");
    expect(screen.queryByRole("button", { name: "Revoke session" })).toBeNull();
  });

  it("says so when it is over", async () => {
    open(session());
    server.on("GET", `${API}/sessions/${sessionId}`, refusal(404));
    await screen.findByText("Session is over");
  });

  it("has nothing to revoke when it is over, also for those who were looking at it", async () => {
    open(session());
    await screen.findByRole("button", { name: "Revoke session" });
    server.on("GET", `${API}/sessions/${sessionId}`, refusal(404));
    await userEvent.click(screen.getByRole("button", { name: "Live" }));
    await userEvent.click(screen.getByRole("button", { name: "Paused" }));
    await screen.findByText("Session is over");
    expect(screen.queryByRole("button", { name: "Revoke session" })).toBeNull();
  });

  it("does not show a session under another person's name", async () => {
    open(session({ application_user: { id: "usr_other" } }));
    await screen.findByText("Session is over");
  });
});
