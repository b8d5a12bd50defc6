import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ApplicationReport, User } from "../api/types";
import { API, openPage } from "./page";
import { session, user, userAgent } from "./samples";
import { type FakeServer, json } from "./server";

/** Has two sessions. */
export const alice = user({ sessions_count: 2 });
export const bob = user({ id: "usr_b", name: "Bob", username: "bob", latest_session: session({ id: "ses_b" }) });
/** The administrator. */
export const me = user({
  id: "usr_me",
  name: "Me",
  username: "me",
  latest_session: session({ id: "ses_me", current: true }),
});

/** The server's answer to the end of one session. */
export function report(id: string, ...applications: ApplicationReport[]): Response {
  return json({ sessions: [{ id, kind: "online", status: "revoked", applications }] });
}

/** Opens the list with these people. */
export async function openList(server: FakeServer, ...users: User[]): Promise<void> {
  server.on("GET", `${API}/users`, json({ application_users: users, uri: "", next_page_uri: null }));
  for (const { id, latest_session: latest } of users) {
    const phone = session({
      id: `ses_phone_${id}`,
      browser_session: { user_agent: userAgent({ browser_name: "Safari" }) },
    });
    const answer = json({ application_sessions: [latest, phone], uri: "", next_page_uri: null });
    server.on("GET", `${API}/users/${id}/sessions`, answer);
  }
  openPage("users");
  await screen.findByRole("table");
}

/** Opens the question about one person. */
export async function ask(name: string): Promise<HTMLElement> {
  await userEvent.click(screen.getByRole("button", { name: `Revoke all sessions of ${name}` }));
  return screen.findByRole("dialog");
}

/** Opens the question about these people, or about all that *Select all* selects. */
export async function askAbout(...names: string[]): Promise<HTMLElement> {
  const boxes = names.length > 0 ? names.map((name) => `${name}: select`) : ["Select all on this page"];
  for (const name of boxes) {
    await userEvent.click(screen.getByRole("checkbox", { name }));
  }
  await userEvent.click(screen.getByRole("button", { name: /Revoke selected/ }));
  return screen.findByRole("dialog");
}

/** Presses a button of the open dialog. */
export function press(name: string | RegExp): Promise<void> {
  return userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name }));
}
