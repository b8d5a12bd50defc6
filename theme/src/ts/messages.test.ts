import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { choiceKey, clientSettings, realmSettings, sections, textKeys } from "./settings/table";
import { messagesOf } from "./testing/page";

const en = messagesOf("en");
const de = messagesOf("de");
const PLURAL = /_(one|other)$/;

/** Keys that stand in the source as they are. Attributes, which begin alike, hold dashes. */
function literalKeys(): string[] {
  return readdirSync("src/ts", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => readFileSync(join("src/ts", file), "utf8"))
    .flatMap((text) => [...text.matchAll(/"(identities\.[A-Za-z.]+)"/g)].map((match) => match[1] ?? ""));
}

/** Keys that are made from the table of settings. */
function settingKeys(): string[] {
  const realm = realmSettings.flatMap((setting) => [
    ...Object.values(textKeys("realm", setting)),
    ...(setting.kind === "choice" ? setting.choices.map((choice) => choiceKey(setting, choice)) : []),
  ]);
  const client = Object.values(clientSettings).flatMap((setting) => Object.values(textKeys("client", setting)));
  return [...realm, ...client, ...sections.map((section) => `identities.settings.section.${section}`)];
}

describe("messages", () => {
  const used = new Set([...literalKeys(), ...settingKeys()]);
  const given = new Set(Object.keys(en).map((key) => key.replace(PLURAL, "")));

  it("are all there in both languages", () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it("are all there that the page uses", () => {
    expect([...used].filter((key) => !given.has(key))).toEqual([]);
  });

  it("are all used", () => {
    expect([...given].filter((key) => !used.has(key))).toEqual([]);
  });

  it("are all our own", () => {
    expect(Object.keys(en).filter((key) => !key.startsWith("identities."))).toEqual([]);
  });

  it("have both plurals or none", () => {
    const plurals = Object.keys(en).filter((key) => PLURAL.test(key));
    const count = (ending: string) => plurals.filter((key) => key.endsWith(ending)).length;
    expect(count("_one")).toBe(count("_other"));
  });

  it("take the same values in both languages", () => {
    const placeholders = (text = "") => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
    for (const [key, text] of Object.entries(en)) {
      expect(placeholders(de[key]), key).toEqual(placeholders(text));
    }
  });

  it("say something", () => {
    expect(Object.entries({ ...en, ...de }).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});
