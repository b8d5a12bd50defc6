import { expect, it } from "vitest";
import { parseProperties } from "./properties.ts";

it("reads keys and values, and keeps what is behind the first equals sign", () => {
  expect(parseProperties("# a comment\n\na.b=one = 1\nc={{name}}, Zürich\n")).toEqual({
    "a.b": "one = 1",
    c: "{{name}}, Zürich",
  });
});

it("reads characters that stand by their code", () => {
  expect(parseProperties("key=one\\u00ADtwo")).toEqual({ key: "one\u00adtwo" });
});

it.each([
  ["a line without a key", "=value"],
  ["a line without a value's sign", "key"],
  ["an escape, which Java would read differently", "key=a\\nb"],
  ["a key that is there twice", "key=one\nkey=two"],
])("refuses %s", (_name, text) => {
  expect(() => parseProperties(text)).toThrow();
});
