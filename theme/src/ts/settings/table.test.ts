import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clientSettings, isValid, type Kind, mayRevoke, realmSettings, storedOf, valueOf } from "./table";

const on: Kind = { kind: "switch", standard: true };
const off: Kind = { kind: "switch", standard: false };
const choice: Kind = { kind: "choice", standard: "hash", choices: ["hash", "clear"] };
const hash = realmSettings.find(({ attribute }) => attribute === "identities.hash-user-key")!;
const number: Kind = { kind: "number", min: 1, max: 100 };
const text: Kind = { kind: "text", standard: "username" };

describe("a setting", () => {
  it.each([
    [on, undefined, "true"],
    [on, "", "true"],
    [on, "nonsense", "true"],
    [on, " FALSE ", "false"],
    [off, undefined, "false"],
    [off, "nonsense", "false"],
    [off, "True", "true"],
    [choice, undefined, "hash"],
    [choice, "nonsense", "hash"],
    [choice, "CLEAR", "clear"],
    [hash, undefined, "off"],
    [hash, "SHA512", "sha-512"],
    [hash, "False", "off"],
    [hash, "nonsense", "sha-256"],
    [text, undefined, ""],
    [text, "email", "email"],
    [number, "5", "5"],
  ])("%j stored as %j is %j, as the server understands it", (setting, stored, value) => {
    expect(valueOf(setting, stored)).toBe(value);
  });

  it("is not stored where it is as it would be anyhow", () => {
    expect(storedOf(on, "true")).toBe("");
    expect(storedOf(on, "false")).toBe("false");
    expect(storedOf(off, "false")).toBe("");
    expect(storedOf(choice, "hash")).toBe("");
    expect(storedOf(text, "username")).toBe("");
    expect(storedOf(number, "7")).toBe("7");
  });

  it.each(["", " 1 ", "100"])("may be the number %j", (value) => {
    expect(isValid(number, value)).toBe(true);
  });

  it.each(["0", "101", "-1", "1.5", "1e1", "ten"])("may not be the number %j", (value) => {
    expect(isValid(number, value)).toBe(false);
  });
});

it("is there once", () => {
  const attributes = realmSettings.map(({ attribute }) => attribute);
  expect(new Set(attributes).size).toBe(attributes.length);
});

/** The names of attributes in the source of the server. */
function attributesOfTheServer(): string[] {
  const folder = "../provider/src/main/java/dev/identities/settings";
  const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  return source.flatMap((text) => [...text.matchAll(/"(identities\.[a-z0-9-]+)"/g)].map((match) => match[1] ?? ""));
}

it("is there for each attribute that the server reads, and for no other", () => {
  const ours = [...realmSettings, ...Object.values(clientSettings), mayRevoke].map(({ attribute }) => attribute);
  expect([...new Set(ours)].sort()).toEqual([...new Set(attributesOfTheServer())].sort());
});

it("gives no client access by default", () => {
  expect(valueOf(clientSettings.management, undefined)).toBe("false");
  expect(valueOf(clientSettings.revocation, undefined)).toBe("false");
});
