import { screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { KcIdentities } from "./context";
import { defineElement } from "./element";
import { API, context, knowAdmin } from "./testing/page";
import { FakeServer, json } from "./testing/server";

beforeEach(() => {
  location.hash = "#/acme/identities/users";
  knowAdmin(new FakeServer()).on("GET", `${API}/users`, json({ application_users: [], uri: "", next_page_uri: null }));
});
afterEach(() => {
  document.body.replaceChildren();
  location.hash = "";
});

it("comes alive with what it was given before it was defined, and may be defined twice", async () => {
  const element = document.createElement("kc-identities") as KcIdentities;
  element.context = context();
  document.body.append(element);
  expect(element.childElementCount).toBe(0);
  defineElement();
  defineElement();
  await screen.findByText("Nobody is signed in");
  expect(element.shadowRoot).toBeNull();
});

it("ends when it is taken away, and takes its name out of the title", async () => {
  document.title = "Console";
  defineElement();
  const element = document.createElement("kc-identities") as KcIdentities;
  element.context = context();
  document.body.append(element);
  await screen.findByText("Nobody is signed in");
  expect(document.title).toBe("Identities – Console");
  element.remove();
  await waitFor(() => {
    expect(element.childElementCount).toBe(0);
  });
  expect(document.title).toBe("Console");
});
