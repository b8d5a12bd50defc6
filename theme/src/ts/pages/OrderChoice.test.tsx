import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { User } from "../api/types";
import { API, knowAdmin, openPage } from "../testing/page";
import { user } from "../testing/samples";
import { FakeServer, json } from "../testing/server";
import type { Order } from "../routes";
import { inOrder } from "./OrderChoice";

const zoe = user({ id: "usr_z", name: "Zoe", sessions_count: 2, last_login: "2026-11-22T05:00:00Z" });
const emil = user({ id: "usr_e", name: "Émil", sessions_count: 10, last_login: "2026-11-22T05:00:00.5Z" });
const adam = user({ id: "usr_a", name: "", username: "adam", sessions_count: 2, last_login: "2026-11-21T23:00:00Z" });
const fred = user({ id: "usr_f", name: "fred", sessions_count: 1, last_login: "2026-11-22T06:00:00+02:00" });
/** As the server gives them. */
const people: readonly User[] = [zoe, emil, adam, fred];

let server: FakeServer;

beforeEach(() => {
  server = knowAdmin(new FakeServer());
  server.on("GET", `${API}/users`, json({ application_users: people, uri: "", next_page_uri: null }));
});
afterEach(() => {
  location.hash = "";
});

describe("people of a page", () => {
  it.each<[Order, readonly User[]]>([
    ["last_active", people],
    ["id", people],
    ["name", [adam, emil, fred, zoe]],
    ["sessions", [emil, zoe, adam, fred]],
    ["last_login", [emil, zoe, fred, adam]],
  ])("in the order %s are as it says; those who are equal stay as they came", (order, expected) => {
    expect(inOrder(people, order).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it("stay untouched in the answer", () => {
    inOrder(people, "name");
    expect(people).toEqual([zoe, emil, adam, fred]);
  });
});

/** The names as the rows show them. */
async function shown(): Promise<string[]> {
  const [, ...rows] = within(await screen.findByRole("table")).getAllByRole("row");
  return rows.map((row) => within(row).getByRole("link").textContent);
}

describe("the choice of an order", () => {
  it.each<[string, Order, string[]]>([
    ["This page by name", "name", ["adam", "Émil", "fred", "Zoe"]],
    ["This page by number of sessions", "sessions", ["Émil", "Zoe", "adam", "fred"]],
    ["This page by last login", "last_login", ["Émil", "Zoe", "fred", "adam"]],
  ])(
    "%s orders the rows, asks the server for no other list, and stands in the address",
    async (label, order, names) => {
      openPage("users");
      expect(await shown()).toEqual(["Zoe", "Émil", "adam", "fred"]);
      await userEvent.selectOptions(screen.getByRole("combobox", { name: "Order" }), label);
      await waitFor(async () => {
        expect(await shown()).toEqual(names);
      });
      expect(location.hash).toBe(`#/acme/identities/users?order=${order}`);
      const asked = server.received.filter(({ path, query }) => path === `${API}/users` && !query.has("total"));
      expect(new Set(asked.map(({ query }) => query.toString()))).toEqual(new Set(["limit=50&order_by=last_active"]));
    },
  );

  it("is there from the address", async () => {
    openPage("users?order=name");
    expect(await shown()).toEqual(["adam", "Émil", "fred", "Zoe"]);
    expect(screen.getByRole("combobox", { name: "Order" })).toHaveProperty("value", "name");
  });

  it("has no order by id where people are searched for, because the search has its own", async () => {
    openPage("users?search=e&order=id");
    expect(await shown()).toEqual(["Zoe", "Émil", "adam", "fred"]);
    const choice = screen.getByRole("combobox", { name: "Order" });
    expect(choice).toHaveProperty("value", "last_active");
    expect(within(choice).getByRole("option", { name: "In the order of the search" })).toBeTruthy();
    expect(within(choice).queryByRole("option", { name: "Fixed order by ID" })).toBeNull();
  });
});
