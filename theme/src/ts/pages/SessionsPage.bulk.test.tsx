import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DryRun, Session } from "../api/types";
import type { Context } from "../context";
import { translator } from "../i18n";
import { API, knowAdmin, messagesOf, openPage } from "../testing/page";
import { session } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";

const SESSIONS = `${API}/sessions`;
const REVOKE = `${API}/sessions/revoke`;
const BY_ADDRESS = 'obj.browser_session.ip_address == "203.0.113.77"';
let server: FakeServer;

function list(sessions: Session[], next: string | null = null): Response {
  return json({ application_sessions: sessions, uri: "", next_page_uri: next });
}

const alices = session({ application_user: { id: "usr_a", username: "alice", name: "Alice Martin" } });

/** The lists that were asked for, without those that only count. */
function queries(): Record<string, string>[] {
  return server.received
    .filter(({ path, query }) => path === SESSIONS && !query.has("total"))
    .map(({ query }) => Object.fromEntries(query));
}

/** Everything that was to be counted or ended. */
function calls(): unknown[] {
  return server.received.filter(({ path }) => path === REVOKE).map(({ body }) => body);
}

function counted(changes: Partial<DryRun> = {}): Response {
  const dryRun: DryRun = {
    sessions: 2,
    users: 1,
    applications: 3,
    identity_providers: { "": 1, partner: 1 },
    more: false,
    forbidden: 0,
    includes_caller: false,
    reason_required: false,
    as_of: "2026-11-22T05:30:00Z",
    sample: [alices],
    ticket: "tkt_1",
    expires_at: "2026-11-22T05:40:00Z",
    ...changes,
  };
  return json({ dry_run: true, ...dryRun });
}

function lines(...objects: unknown[]): Response {
  return new Response(objects.map((one) => `${JSON.stringify(one)}\n`).join(""), {
    headers: { "Content-Type": "application/x-ndjson" },
  });
}

function result(changes: object = {}): object {
  const none = { already_gone: 0, no_longer_matching: 0, new: 0, forbidden: 0, failed: [] };
  return { result: { ended: 2, ...none, caller_left_out: false, more: false, reports: [], ...changes } };
}

/** Opens the list of these sessions, and the question whether all are to be ended. */
async function openBulk(filter = BY_ADDRESS): Promise<HTMLElement> {
  await userEvent.click(await openSessions(filter));
  return screen.findByRole("dialog");
}

/** Opens the list of these sessions, and finds the button that asks. */
function openSessions(
  filter: string,
  name = "Revoke all that match",
  changes?: Partial<Context>,
): Promise<HTMLElement> {
  server.on("GET", SESSIONS, list([alices]));
  openPage(`sessions${filter ? `?${new URLSearchParams({ filter }).toString()}` : ""}`, changes);
  return screen.findByRole("button", { name });
}

function press(name: string | RegExp): Promise<void> {
  return userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name }));
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("ending all that match", () => {
  it("counts, asks, ends what was counted, and says what became of it", async () => {
    server.on("POST", REVOKE, ({ body }) =>
      (body as { dry_run?: boolean }).dry_run
        ? counted()
        : lines(
            { progress: { done: 1, of: 2 } },
            result({
              reports: [
                {
                  id: "x",
                  kind: "online",
                  status: "revoked",
                  applications: [{ party: "mail", name: "Mail", status: "failed" }],
                },
              ],
            }),
          ),
    );
    const dialog = await openBulk();
    await within(dialog).findByText("Own accounts");
    for (const text of ["Alice Martin", "partner", BY_ADDRESS]) {
      expect(within(dialog).getByText(text)).toBeTruthy();
    }
    await userEvent.type(within(dialog).getByRole("textbox"), "stolen keys");
    const before = queries().length;
    await press("Revoke 2 sessions of 1 person");
    await within(dialog).findByText("All done");
    expect(within(dialog).getByText("Mail").closest("li")?.textContent).toContain("could not be notified (1 session)");
    expect(calls()).toEqual([
      { filter: BY_ADDRESS, dry_run: true },
      { filter: BY_ADDRESS, ticket: "tkt_1", reason: "stolen keys" },
    ]);
    await press("Close");
    await waitFor(() => {
      expect(queries().length).toBeGreaterThan(before);
    });
  });

  it("needs a reason where the realm asks for one, and leaves one's own session out unless that is wanted", async () => {
    server.on("POST", REVOKE, ({ body }) =>
      (body as { dry_run?: boolean }).dry_run
        ? counted({ reason_required: true, includes_caller: true })
        : lines(result()),
    );
    const dialog = await openBulk();
    const button = await within(dialog).findByRole("button", { name: /Revoke 2 sessions/ });
    expect(within(dialog).getByText(/Your own session matches. It is left alone/)).toBeTruthy();
    expect(button).toHaveProperty("disabled", true);
    await userEvent.type(within(dialog).getByRole("textbox"), "why");
    expect(button).toHaveProperty("disabled", false);
    await userEvent.click(within(dialog).getByRole("checkbox", { name: "End my own session too" }));
    expect(within(dialog).getByText(/you will be signed out of this console/)).toBeTruthy();
    await userEvent.click(button);
    await within(dialog).findByText("All done");
    expect(calls().at(-1)).toMatchObject({ reason: "why", include_self: true });
  });

  it("asks for consent before it counts every session of the realm", async () => {
    server.on("POST", REVOKE, counted());
    const dialog = await openBulk("");
    expect(within(dialog).getByRole("button", { name: "Count them" })).toHaveProperty("disabled", true);
    expect(calls()).toEqual([]);
    await userEvent.click(within(dialog).getByRole("checkbox"));
    await press("Count them");
    await within(dialog).findByText("Own accounts");
    expect(calls()).toEqual([{ filter: "", all: true, dry_run: true }]);
  });

  it("asks for the same consent where the server finds that the filter leaves nothing out", async () => {
    server.on("POST", REVOKE, refusal(400, 'the filter matches all sessions: say "all":true if that is meant'));
    const dialog = await openBulk("!obj.remember_me || obj.remember_me");
    expect(await within(dialog).findByRole("checkbox", { name: /every session of the realm/ })).toBeTruthy();
  });

  it("counts again when the ticket does not hold any more", async () => {
    server.on("POST", REVOKE, ({ body }) =>
      (body as { dry_run?: boolean }).dry_run ? counted() : refusal(409, "The ticket was used."),
    );
    const dialog = await openBulk();
    await userEvent.click(await within(dialog).findByRole("button", { name: /Revoke 2 sessions/ }));
    await within(dialog).findByText(/a count holds for ten minutes and for one call.*The ticket was used/);
    await press("Count again");
    await within(dialog).findByRole("button", { name: /Revoke 2 sessions/ });
    expect(calls()).toHaveLength(3);
  });

  it("shows what failed first, and counts the rest again", async () => {
    server.on("POST", REVOKE, ({ body }) =>
      (body as { dry_run?: boolean }).dry_run
        ? counted()
        : lines(result({ ended: 1, failed: [{ id: "ses_x", message: "locked" }] })),
    );
    const dialog = await openBulk();
    await userEvent.click(await within(dialog).findByRole("button", { name: /Revoke 2 sessions/ }));
    await within(dialog).findByText("1 of 2 done");
    expect(within(dialog).getByText("ses_x")).toBeTruthy();
    await press("Count the rest again");
    await within(dialog).findByRole("button", { name: /Revoke 2 sessions/ });
  });

  it("stops, and says how far it was", async () => {
    server.on("POST", REVOKE, ({ body }) => {
      if ((body as { dry_run?: boolean }).dry_run) {
        return counted();
      }
      const bytes = new TextEncoder().encode(`${JSON.stringify({ progress: { done: 1, of: 2 } })}\n`);
      return new Response(
        new ReadableStream({
          start: (stream) => {
            stream.enqueue(bytes);
            // A browser ends a body like that when its request is given up.
            server.onAbort(() => {
              stream.error(new DOMException("", "AbortError"));
            });
          },
        }),
      );
    });
    const dialog = await openBulk();
    await userEvent.click(await within(dialog).findByRole("button", { name: /Revoke 2 sessions/ }));
    expect((await within(dialog).findByText("1 / 2")).textContent).toBe("1 / 2");
    await press("Stop");
    await within(dialog).findByText("Stopped");
    expect(within(dialog).getByText(/1 of 2 were dealt with/)).toBeTruthy();
  });
});

describe("the question about all that match", () => {
  it("keeps the keyboard: the focus goes in, Tab goes round in it, and Escape gives the focus back", async () => {
    server.on("POST", REVOKE, counted());
    const opener = await openSessions(BY_ADDRESS);
    opener.focus();
    await userEvent.keyboard("{Enter}");
    const dialog = await screen.findByRole("dialog");
    const revoke = await within(dialog).findByRole("button", { name: "Revoke 2 sessions of 1 person" });
    const first = within(dialog).getByRole("region", { name: "To be revoked" });
    expect(document.activeElement).toBe(first);

    const visited: (Element | null)[] = [];
    do {
      await userEvent.tab();
      visited.push(document.activeElement);
    } while (document.activeElement !== first && visited.length < 10);
    expect(visited.slice(-4)).toEqual([
      within(dialog).getByRole("textbox"),
      revoke,
      within(dialog).getByRole("button", { name: "Cancel" }),
      first,
    ]);
    expect(visited.every((element) => dialog.contains(element))).toBe(true);

    await userEvent.keyboard("{Escape}");
    await waitFor(() => {
      expect(document.activeElement).toBe(opener);
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(calls()).toEqual([{ filter: BY_ADDRESS, dry_run: true }]);
  });

  it("is asked and answered in German", async () => {
    server.on("POST", REVOKE, ({ body }) =>
      (body as { dry_run?: boolean }).dry_run
        ? counted({ more: true, forbidden: 1, includes_caller: true, reason_required: true })
        : lines(result({ ended: 1, new: 1, caller_left_out: true, failed: [{ id: "ses_x", message: "locked" }] })),
    );
    const german = { locale: "de", t: translator(messagesOf("de"), "de") };
    await userEvent.click(await openSessions(BY_ADDRESS, "Alle passenden beenden", german));
    const dialog = await screen.findByRole("dialog", { name: /Alle passenden beenden\?/ });
    await userEvent.type(await within(dialog).findByRole("textbox", { name: "Grund für das Protokoll" }), "Vorfall");
    for (const text of ["Eigene Konten", "1 Sitzung passt, die Sie nicht beenden dürfen. Sie bleibt.", "1 davon"]) {
      expect(within(dialog).getByText(text)).toBeTruthy();
    }
    expect(dialog.textContent).toContain("Ihre eigene Sitzung passt. Sie bleibt.");
    expect(dialog.textContent).toContain("Dieser beendet 2; wiederholen Sie ihn für die übrigen.");
    await press("2 Sitzungen von 1 Person beenden");
    await within(dialog).findByText("1 Sitzung passt erst seit dem Zählen und blieb");
    expect(within(dialog).getByRole("button", { name: "Den Rest erneut zählen" })).toBeTruthy();
    // A text that is missing shows its key, and a value that is missing its place.
    expect(dialog.textContent).not.toMatch(/identities\.|\{\{/);
  });
});
