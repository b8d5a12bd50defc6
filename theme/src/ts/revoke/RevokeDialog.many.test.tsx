import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { alice, ask, askAbout, bob, me, openList, press, report } from "../testing/dialog";
import { API, knowAdmin } from "../testing/page";
import { userId } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";

const USERS = `${API}/users`;
let server: FakeServer;

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("the question about many", () => {
  it("begins with the administrator's own, and opens there", async () => {
    await openList(server, alice, bob, me);
    const dialog = await askAbout("Alice Martin", "Bob", "Me");
    const targets = within(dialog).getByRole("region", { name: "To be revoked" });
    expect(document.activeElement).toBe(targets);
    expect(targets.textContent).toMatch(/^Me.*You.*Alice Martin.*Bob/);
    // The warning is no part of what is scrolled.
    expect(dialog.querySelector("header")?.textContent).toContain("your own session");
    expect(targets.closest(".pf-v5-c-modal-box__body")?.textContent).not.toContain("your own session");
  });

  it("says how many sessions of how many people end, and how many accounts are disabled", async () => {
    await openList(server, alice, bob);
    const dialog = await askAbout();
    expect(within(dialog).getByRole("button", { name: "Revoke 3 sessions of 2 people" })).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("radio", { name: "Revoke sessions and disable account" }));
    expect(within(dialog).getByRole("button", { name: "Revoke 3 sessions and disable 2 accounts" })).toBeTruthy();
  });

  it("takes the administrator along only if he ticks himself", async () => {
    await openList(server, alice, me);
    const dialog = await askAbout();
    expect(dialog.textContent).not.toContain("your own session");
    expect(screen.getByLabelText("Select all on this page")).toHaveProperty("checked", true);
    expect(screen.getByLabelText("Me: select")).toHaveProperty("checked", false);
  });
});

describe("the answer for many", () => {
  it("ends many one after the other, the administrator's own last, and names what failed", async () => {
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1"));
    const failed = { id: "ses_c", kind: "offline", status: "failed", applications: [] };
    const told = { party: "mail", name: "MAIL", status: "confirmed" };
    const partly = [{ id: "ses_b", kind: "online", status: "revoked", applications: [told] }, failed];
    server.on("DELETE", `${USERS}/usr_b`, json({ sessions: partly }, 207));
    server.on("DELETE", `${USERS}/usr_me`, report("ses_me"));
    await openList(server, me, alice, bob);
    await askAbout("Me", "Alice Martin", "Bob");
    await press("Revoke 4 sessions of 3 people");
    const result = await screen.findByRole("region");
    expect(result.textContent).toContain("2 of 3 done");
    expect(result.textContent).toMatch(/Bob.*1 session ended.*1 session NOT ended: try again.*MAIL: notified/);
    expect(server.asked("DELETE")).toEqual(
      [userId, "usr_b", "usr_me"].map((id) => `DELETE ${USERS}/${id}?report=true`),
    );
  });

  it("names what failed first, tries it again alone, and keeps it ticked", async () => {
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1")).on("DELETE", `${USERS}/usr_b`, refusal(503));
    await openList(server, alice, bob);
    await askAbout();
    await press(/^Revoke/);
    const result = await screen.findByRole("region", { name: "Result" });
    expect(within(result).getAllByRole("listitem")[0]?.textContent).toMatch(/^Not done.*Bob/);
    await press("Try again");
    await screen.findByText("1 of 2 done");
    expect(server.asked("DELETE")).toEqual([userId, "usr_b", "usr_b"].map((id) => `DELETE ${USERS}/${id}?report=true`));
    await press("Close");
    await screen.findByRole("button", { name: "Revoke selected (1)" });
    expect(screen.getByRole("checkbox", { name: "Bob: select" })).toHaveProperty("checked", true);
    server.on("DELETE", `${USERS}/usr_b`, report("ses_b"));
    await userEvent.click(screen.getByRole("button", { name: "Revoke selected (1)" }));
    await press("Revoke");
    await screen.findByText("All done");
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("goes on at the next row without moving the page", async () => {
    const focus = vi.spyOn(HTMLElement.prototype, "focus");
    server.on("DELETE", `${USERS}/${userId}`, report("ses_1"));
    await openList(server, alice, bob);
    await ask("Alice Martin");
    await press("Revoke");
    await screen.findByRole("region", { name: "Result" });
    server.on("GET", USERS, json({ application_users: [bob], uri: "", next_page_uri: null }));
    focus.mockClear();
    await press("Close");
    await waitFor(() => {
      expect(document.activeElement?.getAttribute("aria-label")).toBe("Revoke all sessions of Bob");
    });
    expect(focus).toHaveBeenLastCalledWith({ preventScroll: true });
    focus.mockRestore();
  });

  it("can be stopped between two, and says what was not begun", async () => {
    let answer = (_response: Response) => {};
    server.on("DELETE", `${USERS}/${userId}`, () => new Promise((resolve) => (answer = resolve)));
    await openList(server, alice, bob);
    await askAbout();
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
    await openList(server, alice, bob);
    await askAbout();
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
