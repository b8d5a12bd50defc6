import { render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { berlin, session, sessionId, user, userId } from "../testing/samples";
import { FakeServer, json } from "../testing/server";
import { Attribution } from "./Attribution";

function from(source: string | null): Session {
  return session({ browser_session: { location: { ...berlin, source } } });
}

describe("the attribution", () => {
  it.each([
    ["DBIP-City-Lite", "IP Geolocation by DB-IP", "https://db-ip.com"],
    ["dbip-country", "IP Geolocation by DB-IP", "https://db-ip.com"],
    ["GeoLite2-City", "This product includes GeoLite Data created by MaxMind", "https://www.maxmind.com"],
    ["IP2LITE-Location", "This product includes IP2Location LITE data", "https://lite.ip2location.com"],
  ])("of %s is what its licence asks for", (source, text, url) => {
    render(<Attribution sessions={[null, from(source), from(source)]} />);
    expect(screen.getByRole("link", { name: text }).getAttribute("href")).toBe(url);
  });

  it.each(["GeoIP2-City", "Demo-City", "", null])("is none for %j", (source) => {
    const { container } = render(<Attribution sessions={[from(source), null]} />);
    expect(container.textContent).toBe("");
  });
});

describe("every page with places", () => {
  const DB_IP = { name: "IP Geolocation by DB-IP" };
  const shown = from("DBIP-City-Lite");
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
    expect(await screen.findAllByRole("link", DB_IP)).toHaveLength(1);
    expect(server.received.length).toBeGreaterThan(0);
  });
});
