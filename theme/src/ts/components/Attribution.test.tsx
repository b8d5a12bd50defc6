import { render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { berlin, hostile, session, sessionId, user, userId } from "../testing/samples";
import { FakeServer, json } from "../testing/server";
import { Attribution } from "./Attribution";

const DB_IP = "IP Geolocation by DB-IP";

function from(attribution: string | null, url: string | null = null): Session {
  return session({ browser_session: { location: { ...berlin, attribution, attribution_url: url } } });
}

describe("the attribution", () => {
  it("is the server's, each text once, with its link", () => {
    const acme = from("Places by Acme", "http://acme.example");
    const dbIp = from(DB_IP, "https://db-ip.com");
    const { container } = render(<Attribution sessions={[null, dbIp, acme, dbIp]} />);
    expect(screen.getByRole("link", { name: DB_IP }).getAttribute("href")).toBe("https://db-ip.com");
    expect(screen.getByRole("link", { name: "Places by Acme" }).getAttribute("href")).toBe("http://acme.example");
    expect(container.textContent).toBe(`${DB_IP}Places by Acme`);
  });

  it.each([null, "", "javascript:alert(1)", "data:text/html,x", "/places"])("is no link to %j", (url) => {
    render(<Attribution sessions={[from("Places by Acme", url)]} />);
    expect(screen.getByText("Places by Acme")).toBeTruthy();
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("shows a hostile text as text", () => {
    const { container } = render(<Attribution sessions={[from(hostile)]} />);
    expect(screen.getByText(hostile)).toBeTruthy();
    expect(container.querySelector("script, img")).toBeNull();
  });

  it.each([null, ""])("is none where the server has %j", (attribution) => {
    const nowhere = session({ browser_session: { location: null } });
    const { container } = render(<Attribution sessions={[from(attribution, "https://acme.example"), nowhere, null]} />);
    expect(container.textContent).toBe("");
  });
});

describe("every page with places", () => {
  const shown = from(DB_IP, "https://db-ip.com");
  let server: FakeServer;

  beforeEach(() => {
    const alice = user({ latest_session: shown });
    server = knowAdmin(new FakeServer())
      .on("GET", `${API}/users`, json({ application_users: [alice], uri: "", next_page_uri: null }))
      .on("GET", `${API}/users/${userId}`, json(alice))
      .on(
        "GET",
        `${API}/users/${userId}/sessions`,
        json({ application_sessions: [shown], uri: "", next_page_uri: null }),
      )
      .on("GET", `${API}/sessions/${sessionId}`, json(shown));
  });
  afterEach(() => {
    location.hash = "";
  });

  it.each(["users", `users/${userId}`, `users/${userId}/sessions/${sessionId}`])("has it: %s", async (address) => {
    openPage(address);
    expect(await screen.findAllByRole("link", { name: DB_IP })).toHaveLength(1);
    expect(server.received.length).toBeGreaterThan(0);
  });
});
