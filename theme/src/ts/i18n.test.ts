import { describe, expect, it } from "vitest";
import { consoleLanguage, intlLocale, loadMessages, translator } from "./i18n";
import { FakeServer, json } from "./testing/server";

const environment = { serverBaseUrl: "http://sso", adminBaseUrl: "http://admin", realm: "master", clientId: "c" };

describe("translator", () => {
  const t = translator(
    { hello: "Hello {{name}}", n_one: "{{count}} thing", n_other: "{{count}} things", more: "+{{count}}" },
    "en",
  );

  it("puts values in, and values only once", () => {
    expect(t("hello", { name: "{{name}} <b>" })).toBe("Hello {{name}} <b>");
  });

  it("leaves a placeholder that has no value", () => {
    expect(t("hello")).toBe("Hello {{name}}");
  });

  it("chooses the plural by count", () => {
    expect(t("n", { count: 1 })).toBe("1 thing");
    expect(t("n", { count: 0 })).toBe("0 things");
    expect(t("more", { count: 2 })).toBe("+2");
  });

  it("takes the general plural in a language with more plurals than there are texts", () => {
    expect(translator({ n_other: "{{count}} rzeczy" }, "pl")("n", { count: 3 })).toBe("3 rzeczy");
  });

  it("shows a key that has no text", () => {
    expect(t("identities.nothing")).toBe("identities.nothing");
  });
});

describe("language of the console", () => {
  const resource = (path: string) => ({ name: `http://admin${path}` });

  it("is the last that it loaded beside English", () => {
    expect(consoleLanguage([resource("/resources/master/admin/en"), resource("/resources/master/admin/pt-BR")])).toBe(
      "pt-BR",
    );
  });

  it("is English where it loaded no other", () => {
    expect(
      consoleLanguage([resource("/resources/master/admin/en"), resource("/resources/ab1cd/admin/x/main.js")]),
    ).toBe("en");
  });

  it("is not what we asked for ourselves", () => {
    expect(consoleLanguage([resource("/resources/master/admin/de?theme=identities")])).toBe("en");
  });

  it("becomes one that Intl takes", () => {
    expect(intlLocale("zh_Hans")).toBe("zh-Hans");
    expect(intlLocale("no such language")).toBe("en");
  });
});

describe("messages", () => {
  it("come from our theme, with what the realm has changed", async () => {
    const server = new FakeServer().on(
      "GET",
      "/resources/master/admin/de",
      json([{ key: "identities.title", value: "Wer da ist" }]),
    );
    expect((await loadMessages(environment, "de"))["identities.title"]).toBe("Wer da ist");
    expect(server.received[0]?.query.get("theme")).toBe("identities");
  });

  it.each([
    ["the server does not answer", () => new FakeServer()],
    ["it answers no JSON", () => new FakeServer().on("GET", "/resources/master/admin/de", new Response("<html>"))],
    [
      "it has no theme of ours",
      () => new FakeServer().on("GET", "/resources/master/admin/de", json([{ key: "save", value: "Sichern" }])),
    ],
  ])("are in English when %s", async (_when, start) => {
    start();
    expect((await loadMessages(environment, "de"))["identities.title"]).toBe("Identities");
  });
});
