import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import type { KcIdentities } from "../context";
import { SignInRequired } from "../auth/authorization";
import { readEnvironment } from "./environment";
import { Loader } from "./loader";

const environment = { serverBaseUrl: "http://sso", adminBaseUrl: "http://admin", realm: "master", clientId: "console" };

/** The console's page, as far as it matters. */
function showConsole(entries: string[] = ["users", "sessions"]): HTMLElement {
  document.body.innerHTML = ""; // eslint-disable-line no-restricted-syntax -- a test's own page
  const app = document.createElement("div");
  const list = document.createElement("ul");
  for (const entry of entries) {
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    link.id = `nav-item-${entry}`;
    link.href = `#/acme/${entry}`;
    link.className = entry === "sessions" ? "link pf-m-current" : "link";
    link.textContent = entry;
  }
  const main = document.createElement("main");
  main.id = "kc-main-content-page-container";
  main.className = "main";
  main.append("Page Not Found");
  app.append(list, main);
  document.body.append(app);
  return app;
}

const host = () => document.getElementById("kc-main-content-page-container")!;
const entry = () => document.getElementById("nav-item-identities") as HTMLAnchorElement | null;
const ours = () => document.getElementById("kc-identities-page-container");
const element = () => ours()?.querySelector<KcIdentities>("kc-identities");

/** Until nothing happens any more. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

let language = "en";
const parts = {
  environment,
  auth: () =>
    Promise.resolve({
      getAccessToken: () => Promise.reject(new SignInRequired()),
      signIn: () => Promise.resolve(),
    }),
  language: () => language,
  messages: (tag: string) =>
    Promise.resolve({
      "identities.locale": tag === "de" ? "de" : "en",
      "identities.title": tag === "de" ? "Identitäten" : "Identities",
      "identities.open": "Open in Identities",
      "identities.error.notLoaded": "Reload",
    }),
  element: vi.fn(() => Promise.resolve()),
};

async function start(hash: string, app = showConsole()): Promise<HTMLElement> {
  location.hash = hash;
  listen.mockClear();
  new Loader(parts).start(app);
  await settle();
  return app;
}

let listen: MockInstance<typeof window.addEventListener>;

beforeEach(() => {
  listen = vi.spyOn(window, "addEventListener");
  language = "en";
  parts.element = vi.fn(() => Promise.resolve());
});
afterEach(() => {
  // A loader ends with its page; the next test is another one.
  for (const [type, listener] of listen.mock.calls) {
    window.removeEventListener(type, listener);
  }
  document.body.replaceChildren();
  location.hash = "";
});

describe("the menu", () => {
  it("has our entry behind Sessions, made like it", async () => {
    await start("#/acme/sessions");
    expect(entry()?.closest("li")?.previousElementSibling?.textContent).toBe("sessions");
    expect(entry()?.textContent).toBe("Identities");
    expect(entry()?.getAttribute("href")).toBe("#/acme/identities/users");
    expect(entry()?.className).toBe("link");
    expect(entry()?.hasAttribute("aria-current")).toBe(false);
  });

  it("has it behind Users for those who see no Sessions", async () => {
    await start("#/acme/users", showConsole(["users"]));
    expect(entry()?.closest("li")?.previousElementSibling?.textContent).toBe("users");
  });

  it("has none for those who see neither; and then there is no page", async () => {
    await start("#/acme/identities/users", showConsole(["clients"]));
    expect(entry()).toBeNull();
    expect(ours()).toBeNull();
    expect(host().style.display).toBe("");
    expect(parts.element).not.toHaveBeenCalled();
  });

  it("follows the realm", async () => {
    await start("#/");
    expect(entry()?.getAttribute("href")).toBe("#/master/identities/users");
    location.hash = "#/other%20realm/users";
    await settle();
    expect(entry()?.getAttribute("href")).toBe("#/other%20realm/identities/users");
  });

  it("follows the console's language, which comes late", async () => {
    const app = await start("#/acme/identities/users");
    const before = element();
    language = "de";
    app.append(document.createElement("span"));
    await settle();
    expect(entry()?.textContent).toBe("Identitäten");
    expect(element()?.context?.locale).toBe("de");
    expect(element()).not.toBe(before);
    language = "en";
    app.append(document.createElement("span"));
    await settle();
    expect(entry()?.textContent).toBe("Identitäten");
  });

  it("has times and countries in the language of the texts", async () => {
    language = "ar";
    await start("#/acme/identities/users");
    expect(element()?.context?.locale).toBe("en");
  });

  it("gets our entry again when the console has drawn it anew", async () => {
    const app = await start("#/acme/users");
    entry()?.closest("li")?.remove();
    app.append(document.createElement("span"));
    await settle();
    expect(document.querySelectorAll("#nav-item-identities")).toHaveLength(1);
  });
});

describe("our page", () => {
  it("stands in place of the console's, and the entry says so", async () => {
    await start("#/acme/identities/users/usr_1");
    expect(host().style.display).toBe("none");
    expect(host().style.getPropertyPriority("display")).toBe("important");
    expect(host().nextElementSibling).toBe(ours());
    expect(ours()?.className).toBe("main");
    expect(ours()?.style.display).toBe("");
    expect(element()?.context).toMatchObject({ realm: "acme", loginRealm: "master", adminBaseUrl: "http://admin" });
    expect(entry()?.getAttribute("aria-current")).toBe("page");
    expect(entry()?.classList.contains("pf-m-current")).toBe(true);
  });

  it("gives the place back when it is left, and the console's node is untouched", async () => {
    await start("#/acme/identities/users");
    location.hash = "#/acme/users";
    await settle();
    expect(ours()).toBeNull();
    expect(host().style.display).toBe("");
    expect(host().textContent).toBe("Page Not Found");
    expect(entry()?.hasAttribute("aria-current")).toBe(false);
  });

  it("stays the same element from page to page", async () => {
    await start("#/acme/identities/users");
    const before = element();
    location.hash = "#/acme/identities/users/usr_1";
    await settle();
    expect(element()).toBe(before);
    expect(parts.element).toHaveBeenCalledTimes(1);
  });

  it("is another element in another realm", async () => {
    await start("#/acme/identities/users");
    const before = element();
    location.hash = "#/other/identities/users";
    await settle();
    expect(element()).not.toBe(before);
    expect(element()?.context?.realm).toBe("other");
    expect(document.querySelectorAll("kc-identities")).toHaveLength(1);
  });

  it("comes back when the console has drawn its own anew", async () => {
    const app = await start("#/acme/identities/users");
    const anew = host().cloneNode(true) as HTMLElement;
    anew.removeAttribute("style");
    host().replaceWith(anew);
    app.append(document.createElement("span"));
    await settle();
    expect(anew.style.display).toBe("none");
    expect(anew.nextElementSibling).toBe(ours());
  });

  it.each(["#/acme/identities", "#/acme/identities/nonsense"])("is found from %s", async (hash) => {
    await start(hash);
    expect(location.hash).toBe("#/acme/identities/users");
    expect(element()).toBeTruthy();
  });

  it("says so when it cannot be loaded", async () => {
    parts.element = vi.fn(() => Promise.reject(new Error("gone")));
    await start("#/acme/identities/users");
    expect(ours()?.textContent).toBe("Reload");
    expect(parts.element).toHaveBeenCalledTimes(1);
  });

  it("says so each time, and is there when it can be loaded again", async () => {
    parts.element = vi.fn(() => Promise.reject(new Error("gone")));
    await start("#/acme/identities/users");
    for (const [element, text] of [
      [() => Promise.reject(new Error("gone")), "Reload"],
      [() => Promise.resolve(), ""],
    ] as const) {
      location.hash = "#/acme/users";
      await settle();
      parts.element = vi.fn(element);
      location.hash = "#/acme/identities/users";
      await settle();
      expect(ours()?.textContent).toBe(text);
    }
  });

  it("passes on that the administrator has to sign in", async () => {
    await start("#/acme/identities/users");
    await expect(element()?.context?.getAccessToken()).rejects.toBeInstanceOf(SignInRequired);
  });
});

describe("a page of Keycloak's own", () => {
  const links = () => [...document.querySelectorAll("#identities-link")];

  /** The console with the head of a page: the title alone in its box. */
  function showTitle(app = showConsole()): HTMLElement {
    const box = host().appendChild(document.createElement("div"));
    box.appendChild(document.createElement("h1")).dataset["testid"] = "view-header";
    return app;
  }

  it("leads to ours about the same, once, however often it is drawn", async () => {
    const app = await start("#/acme/users/u1/settings", showTitle());
    expect(links().map((link) => link.getAttribute("href"))).toEqual(["#/acme/identities/users/usr_u1"]);
    expect(links()[0]?.textContent).toBe("Open in Identities");
    location.hash = "#/acme/sessions";
    host().replaceChildren();
    showTitle(app);
    await settle();
    expect(links().map((link) => link.getAttribute("href"))).toEqual(["#/acme/identities/sessions"]);
    expect(links()[0]?.previousElementSibling?.tagName).toBe("H1");
  });

  it.each(["identities/users", "users/add-user", "clients"])("is what it was when it is left for %s", async (page) => {
    await start("#/acme/sessions", showTitle());
    expect(links()).toHaveLength(1);
    location.hash = `#/acme/${page}`;
    await settle();
    expect(links()).toEqual([]);
  });

  it("has no link where it looks otherwise", async () => {
    await start("#/acme/sessions");
    expect(links()).toEqual([]);
  });

  it("has no link for those who have no menu entry", async () => {
    await start("#/acme/sessions", showTitle(showConsole(["clients"])));
    expect(links()).toEqual([]);
  });
});

it("comes to rest: its own changes do not set it off again and again", async () => {
  const app = await start("#/acme/identities/users");
  const changes: MutationRecord[] = [];
  const observer = new MutationObserver((records) => changes.push(...records));
  observer.observe(app, { attributes: true, childList: true, characterData: true, subtree: true });
  app.append(document.createElement("span"));
  window.dispatchEvent(new Event("popstate"));
  await settle();
  observer.disconnect();
  expect(changes.map((change) => change.target)).toEqual([app]);
});

it("reads the environment, where there is one", () => {
  expect(readEnvironment(document)).toBeUndefined();
  const script = document.createElement("script");
  script.id = "environment";
  script.type = "application/json";
  script.textContent = JSON.stringify(environment);
  document.body.append(script);
  expect(readEnvironment(document)).toEqual(environment);
});
