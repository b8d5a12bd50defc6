import { screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { API, knowAdmin, openPage } from "../testing/page";
import { session, user, userId } from "../testing/samples";
import { FakeServer, json } from "../testing/server";

beforeEach(() => {
  document.title = "Keycloak Administration Console";
  const sessions = json({ application_sessions: [session()], uri: "", next_page_uri: null });
  knowAdmin(new FakeServer())
    .on("GET", `${API}/users`, json({ application_users: [user()], uri: "", next_page_uri: null }))
    .on("GET", `${API}/users/${userId}`, json(user({ name: "Dana  Miller" })))
    .on("GET", `${API}/users/${userId}/sessions`, sessions)
    .on("GET", `${API}/sessions/ses_1`, json(session()));
});
afterEach(() => {
  location.hash = "";
  document.title = "";
});

it.each([
  ["users", "Identities"],
  [`users/${userId}`, "Dana Miller – Identities"],
  [`users/${userId}/sessions/ses_1`, "Chrome on Windows – Dana Miller – Identities"],
])("the tab says that %s is %s, and the console's own title again when the page is left", async (address, name) => {
  const { unmount } = openPage(address);
  await waitFor(() => {
    expect(document.title).toBe(`${name} – Keycloak Administration Console`);
  });
  unmount();
  expect(document.title).toBe("Keycloak Administration Console");
});

it("names the tab anew from page to page", async () => {
  const { unmount } = openPage(`users/${userId}`);
  await screen.findByRole("heading", { level: 1, name: /Dana/ });
  location.hash = "#/acme/identities/users";
  await waitFor(() => {
    expect(document.title).toBe("Identities – Keycloak Administration Console");
  });
  unmount();
  expect(document.title).toBe("Keycloak Administration Console");
});

it("leaves alone what somebody else has named the tab in the meantime", async () => {
  const { unmount } = openPage("users");
  await screen.findByRole("table");
  document.title = "Another";
  unmount();
  expect(document.title).toBe("Another");
});
