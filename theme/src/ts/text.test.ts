import { expect, it } from "vitest";
import { undirected } from "./text";

it.each([0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069])(
  "a text is shown without U+%i, wherever it stands",
  (code) => {
    const mark = String.fromCodePoint(code);
    expect(undirected(`${mark}a${mark}${mark}b${mark}`)).toBe("ab");
  },
);

it.each(["Dana Miller", "مريم", "שרה", "क्\u200dष", "O'Neil\u00ad"])("%j is shown as it is", (text) => {
  expect(undirected(text)).toBe(text);
});
