import { expect, test } from "vitest";
import { bill, notices, projectVersion, shipped } from "./shipped.ts";

const react = { name: "react", version: "18.3.1", identifier: "MIT", text: "MIT License, Copyright Facebook" };

test("names what is bundled, and what the bundler's list cannot know", () => {
  const all = shipped(JSON.stringify([react]));
  expect(all.map(({ name }) => name)).toEqual([
    "Font Awesome Free",
    "Natural Earth",
    "react",
    "rolldown",
    "vite",
    "world-atlas",
  ]);
  for (const one of all) {
    expect(notices(all)).toContain(`${one.name} ${one.version} (${one.licence})`);
    expect(one.text.trim()).not.toBe("");
    expect(notices(all)).toContain(one.text);
  }
  expect(notices(all)).not.toContain("Licenses of bundled dependencies");
});

test("refuses a package that does not say on what terms it is shipped", () => {
  expect(() => shipped(JSON.stringify([{ ...react, text: "" }]))).toThrow("react 18.3.1");
  expect(() => shipped(JSON.stringify([{ ...react, identifier: undefined }]))).toThrow("react 18.3.1");
});

test("the bill of materials has each with its package URL and the digest of the lock file", () => {
  const all = shipped(JSON.stringify([react]));
  const bom = JSON.parse(bill(all, "1.2.3")) as {
    components: { name: string; purl?: string; hashes?: { content: string }[] }[];
  };
  expect(bom.components.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
  const found = bom.components.find(({ name }) => name === "react");
  expect(found?.purl).toBe("pkg:npm/react@18.3.1");
  expect(found?.hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/);
  expect(bill(all, "1.2.3")).toBe(bill(all, "1.2.3"));
});

test("the version is the project's", () => {
  expect(projectVersion()).toMatch(/^\d+\.\d+\.\d+(-SNAPSHOT)?$/);
});
