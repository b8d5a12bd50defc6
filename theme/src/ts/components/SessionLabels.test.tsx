import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { session, user, userId } from "../testing/samples";
import { FakeServer, json } from "../testing/server";

let server: FakeServer;

/** The rows of a person with these sessions. */
async function rowsOf(...sessions: Session[]): Promise<HTMLElement[]> {
  server.on("GET", `${API}/users/${userId}`, json(user({ enabled: false, sessions_count: sessions.length })));
  const page = { application_sessions: sessions, uri: "", next_page_uri: null };
  server.on("GET", `${API}/users/${userId}/sessions`, json(page));
  openPage(`users/${userId}`);
  return within(await screen.findByRole("table", { name: "Sessions" }))
    .getAllByRole("row")
    .slice(1);
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("the labels of a session", () => {
  it.each([
    ["account_disabled", "Refused: account disabled"],
    ["not_before", "Refused: older than not-before"],
    ["a_new_reason", "Refused by Keycloak"],
  ])("say that Keycloak refuses it, and why: %s", async (suspended, text) => {
    const [refused, works] = await rowsOf(session({ suspended }), session({ id: "ses_2" }));
    expect(within(refused!).getByText(text)).toBeTruthy();
    expect(works?.textContent).not.toContain("Refused");
  });

  it("leave out none where several are true", async () => {
    const [row] = await rowsOf(session({ kind: "offline", current: true, suspended: "not_before", grant: "password" }));
    for (const text of ["Your session", "Offline", "Refused: older than not-before", "Without a browser: password"]) {
      expect(within(row!).getByText(text)).toBeTruthy();
    }
  });

  it("stand on the session's own page, too", async () => {
    server.on("GET", `${API}/users/${userId}`, json(user()));
    server.on("GET", `${API}/sessions/ses_1`, json(session({ suspended: "account_disabled" })));
    openPage(`users/${userId}/sessions/ses_1`);
    await screen.findByText("Refused: account disabled");
  });
});
