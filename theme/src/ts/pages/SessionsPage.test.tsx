import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { session } from "../testing/samples";
import { FakeServer, json, refusal } from "../testing/server";

const SESSIONS = `${API}/sessions`;
const BY_ADDRESS = 'obj.browser_session.ip_address == "203.0.113.77"';
let server: FakeServer;

function list(sessions: Session[], next: string | null = null): Response {
  return json({ application_sessions: sessions, uri: "", next_page_uri: next });
}

const alices = session({ application_user: { id: "usr_a", username: "alice", name: "Alice Martin" } });
const bobs = session({ id: "ses_b", application_user: { id: "usr_b", username: "bob", name: "Bob" } });

/** The lists that were asked for, without those that only count. */
function queries(): Record<string, string>[] {
  return server.received
    .filter(({ path, query }) => path === SESSIONS && !query.has("total"))
    .map(({ query }) => Object.fromEntries(query));
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("all sessions", () => {
  it("are named by their people, and lead to them and back to this list", async () => {
    server.on("GET", SESSIONS, list([alices, bobs]));
    openPage("sessions?filter=obj.remember_me");
    const link = await screen.findByRole("link", { name: "Alice Martin" });
    expect(link.getAttribute("href")).toBe("#/acme/identities/users/usr_a?list=sessions&filter=obj.remember_me");
    expect(queries()[0]).toEqual({ limit: "50", filter: "obj.remember_me" });
    expect(screen.getByRole("link", { name: "Sessions" }).getAttribute("aria-current")).toBe("page");
  });

  it.each([
    ["eq", 1234, "1,234 sessions"],
    ["gte", 10000, "More than 10,000 sessions"],
    ["eq", 1, "1 session"],
  ])("are counted %s %i", async (relation, value, text) => {
    server.on("GET", SESSIONS, ({ query }) =>
      query.has("total")
        ? json({ application_sessions: [alices], next_page_uri: null, total: { value, relation } })
        : list([alices]),
    );
    openPage("sessions");
    expect((await screen.findByText(text)).getAttribute("role")).toBe("status");
  });

  it.each([
    ["https://x.example/sessions?before_id=ses_1", true],
    [null, false],
  ])("are selected on this page only, which is said where there are others: %s", async (next, said) => {
    server.on("GET", SESSIONS, list([alices], next));
    openPage("sessions");
    await screen.findByRole("link", { name: "Alice Martin" });
    const here = () => screen.queryByText("The selection holds for this page only.") !== null;
    expect(here()).toBe(false);
    await userEvent.click(screen.getByRole("checkbox", { name: /Alice Martin.*: select/ }));
    expect(here()).toBe(said);
  });

  it("are as many on a page as is chosen", async () => {
    server.on("GET", SESSIONS, list([alices], "https://x.example/sessions?before_id=ses_1"));
    openPage("sessions?size=20");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Rows per page" }), "100 per page");
    await waitFor(() => {
      expect(queries().at(-1)).toMatchObject({ limit: "100" });
    });
  });

  it("keep the time of the first page on the next one", async () => {
    server.on("GET", SESSIONS, ({ query }) =>
      query.has("before_id") ? list([bobs]) : list([alices], "https://x/s?before_id=pos_1&as_of=2026-11-22T05:30:00Z"),
    );
    openPage("sessions?size=20&filter=obj.remember_me");
    await screen.findByRole("link", { name: "Bob" });
    expect(queries().at(-1)).toMatchObject({ before_id: "pos_1", as_of: "2026-11-22T05:30:00Z" });
  });

  it("say what they are marked with, and why, when a mark has the focus", async () => {
    const marked = session({
      signals: ["new_country", "made_up_later"],
      signal_details: { new_country: { country: "VN" } },
    });
    server.on("GET", SESSIONS, list([marked]));
    openPage("sessions");
    const mark = await screen.findByText("New country");
    expect(screen.getByText("made_up_later")).toBeTruthy();
    mark.closest<HTMLElement>("[tabindex]")?.focus();
    expect((await screen.findByRole("tooltip")).textContent).toMatch(/are all from other countries.*Vietnam/);
  });
});

describe("the search", () => {
  it("takes an address when Enter is pressed, shows it as a filter, and forgets it again", async () => {
    server.on("GET", SESSIONS, list([alices]));
    openPage("sessions");
    await userEvent.type(await screen.findByRole("searchbox"), "203.0.113.77{Enter}");
    const remove = await screen.findByRole("button", { name: "Remove IP address: 203.0.113.77" });
    expect(new URLSearchParams(location.hash.split("?")[1]).get("filter")).toBe(BY_ADDRESS);
    await waitFor(() => {
      expect(queries().at(-1)).toEqual({ limit: "50", filter: BY_ADDRESS });
    });
    await userEvent.click(remove);
    await waitFor(() => {
      expect(location.hash).toBe("#/acme/identities/sessions");
    });
  });

  it("leads from the people to the sessions of an address", async () => {
    server.on("GET", `${API}/users`, json({ application_users: [], next_page_uri: null }));
    server.on("GET", SESSIONS, list([alices]));
    openPage("users");
    await userEvent.type(await screen.findByRole("searchbox"), "10.7.0.0/16{Enter}");
    await screen.findByRole("link", { name: "Alice Martin" });
    expect(queries().at(-1)).toMatchObject({ filter: 'obj.browser_session.ip_address in cidr("10.7.0.0/16")' });
  });

  it("finds a person by a part of the name, which does not go into the address", async () => {
    server.on("GET", SESSIONS, list([alices]));
    openPage("sessions");
    await userEvent.type(await screen.findByRole("searchbox"), "Ali");
    await waitFor(() => {
      expect(queries().at(-1)?.["filter"]).toContain('username.contains("ali")');
    });
    expect(location.hash).toBe("#/acme/identities/sessions?filter=kept-1");
  });

  it("finds a person by the whole name, also of one who stops to think at the blank", async () => {
    server.on("GET", SESSIONS, list([alices]));
    openPage("sessions");
    const field = await screen.findByRole("searchbox");
    await userEvent.type(field, "Alice ");
    await screen.findByRole("button", { name: "Remove User: alice" });
    await userEvent.type(field, "Mar");
    await screen.findByRole("button", { name: "Remove User: Alice Mar" });
    await waitFor(() => {
      expect(queries().at(-1)?.["filter"]).toBe('obj.application_user.name.contains("Alice Mar")');
    });
    expect(location.hash).toMatch(/filter=kept-\d+$/);
    await userEvent.clear(field);
    await waitFor(() => {
      expect(location.hash).toBe("#/acme/identities/sessions");
    });
  });

  it("goes on offering what else a text may mean when it has been searched for as a name", async () => {
    server.on("GET", SESSIONS, list([alices]));
    openPage("sessions");
    await userEvent.type(await screen.findByRole("searchbox"), "wiki");
    await screen.findByRole("button", { name: "Remove User: wiki" });
    await userEvent.click(screen.getByRole("button", { name: "Find sessions by Application: wiki" }));
    await screen.findByRole("button", { name: "Remove Application: wiki" });
    expect(screen.queryByRole("button", { name: "Remove User: wiki" })).toBeNull();
  });

  it("narrows by what is chosen, and shows the expression, which can be changed", async () => {
    server.on("GET", SESSIONS, list([alices]));
    openPage("sessions");
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Country" }), "Germany");
    await screen.findByRole("button", { name: "Remove Country: Germany" });
    const expression = screen.getByRole("textbox", { name: "Filter expression" });
    expect((expression as HTMLTextAreaElement).value).toBe('obj.browser_session.location.country_code == "DE"');
    await userEvent.clear(expression);
    await userEvent.type(expression, "!obj.remember_me");
    await userEvent.click(screen.getByRole("button", { name: "Apply" }));
    await screen.findByRole("button", { name: "Remove !obj.remember_me" });
    expect(screen.getByText(/^curl -sG .*filter=!obj.remember_me'$/)).toBeTruthy();
  });

  it("says what the server does not take", async () => {
    server.on("GET", SESSIONS, json({ error_code: "ERR_NGROK_250", msg: "Invalid CEL query: at 5: obj.x" }, 400));
    openPage("sessions?filter=obj.x");
    await screen.findByText(/does not take the filter. Invalid CEL query: at 5/);
  });

  it("goes on by itself where the server stopped early, and says when it stops", async () => {
    const parts = [list([], "https://x/s?before_id=pos_1"), list([alices], "https://x/s?before_id=pos_2")];
    server.on("GET", SESSIONS, ({ query }) =>
      query.has("total") ? refusal(500) : (parts.shift() ?? list([], "https://x/s?before_id=pos_3")),
    );
    openPage("sessions?filter=obj.remember_me");
    await screen.findByText(/The search has stopped before the page was full/);
    expect(screen.getByRole("link", { name: "Alice Martin" })).toBeTruthy();
    server.on("GET", SESSIONS, list([bobs]));
    await userEvent.click(screen.getByRole("button", { name: "Search on" }));
    await screen.findByRole("link", { name: "Bob" });
    expect(screen.getByRole("link", { name: "Alice Martin" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Search on" })).toBeNull();
  });
});
