import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { API, knowAdmin, openPage } from "../testing/page";
import { user } from "../testing/samples";
import { FakeServer, json } from "../testing/server";
import type { User } from "../api/types";

const USERS = `${API}/users`;
let server: FakeServer;

function list(users: User[]): Response {
  return json({ application_users: users, uri: "", next_page_uri: null });
}

function bob(changes: Partial<User> = {}): User {
  return user({ id: "usr_b", name: "Bob", username: "bob", email: "", latest_session: null, clients: [], ...changes });
}

async function row(name: string): Promise<HTMLElement> {
  const link = await screen.findByRole("link", { name });
  return link.closest("tr") as HTMLElement;
}

beforeEach(() => {
  server = knowAdmin(new FakeServer());
});
afterEach(() => {
  location.hash = "";
});

describe("a refresh", () => {
  /** Refreshes the list as Live does. */
  async function refresh(): Promise<void> {
    await act(() => {
      document.dispatchEvent(new Event("visibilitychange"));
      return Promise.resolve();
    });
  }

  function names(): (string | null)[] {
    return screen.getAllByRole("link", { name: /Alice|Bob/ }).map((link) => link.textContent);
  }

  it("moves no row under the pointer, and says that the list has changed", async () => {
    server.on("GET", USERS, list([user(), bob()]));
    openPage("users");
    await userEvent.hover(within(await row("Bob")).getByRole("button"));
    server.on("GET", USERS, list([bob({ sessions_count: 7 }), user()]));
    await refresh();
    const show = await screen.findByRole("button", { name: "The list has changed: show it" });
    expect(names()).toEqual(["Alice Martin", "Bob"]);
    expect(within(await row("Bob")).getByText("7")).toBeTruthy();
    await userEvent.click(show);
    expect(names()).toEqual(["Bob", "Alice Martin"]);
    expect(screen.queryByRole("button", { name: "The list has changed: show it" })).toBeNull();
  });

  it("moves rows while nobody points at them", async () => {
    server.on("GET", USERS, list([user(), bob()]));
    openPage("users");
    await row("Bob");
    server.on("GET", USERS, list([bob(), user()]));
    await refresh();
    await waitFor(() => {
      expect(names()).toEqual(["Bob", "Alice Martin"]);
    });
  });
});

describe("the list", () => {
  it("can be saved as a file, with what a spreadsheet would run made text", async () => {
    const saved: Blob[] = [];
    vi.stubGlobal(
      "URL",
      Object.assign(URL, { createObjectURL: (blob: Blob) => saved.push(blob), revokeObjectURL: () => {} }),
    );
    const names = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      expect(this.download).toMatch(/^acme-users-[\dT-]+\.(csv|json)$/);
    });
    server.on("GET", USERS, list([user({ name: '=HYPERLINK("x")' })]));
    openPage("users");
    await userEvent.click(await screen.findByRole("button", { name: "Export as CSV" }));
    await userEvent.click(screen.getByRole("button", { name: "Export as JSON" }));
    expect(names).toHaveBeenCalledTimes(2);
    expect(await textOf(saved[0])).toContain(`"'=HYPERLINK(""x"")"`);
    expect(JSON.parse(await textOf(saved[1]))).toMatchObject([{ username: "alice.martin" }]);
    names.mockRestore();
  });

  function textOf(blob = new Blob()): Promise<string> {
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => {
        resolve(reader.result as string);
      };
      reader.readAsText(blob);
    });
  }
});
