import { describe, expect, it } from "vitest";
import { session, user } from "../testing/samples";
import { csv } from "./csv";
import { sessionsAsCsv, usersAsCsv } from "./tables";

function cells(text: string): string {
  return csv(["x"], [[text]]).split("\r\n")[1] ?? "";
}

describe("a table as CSV", () => {
  it("begins with a byte order mark, has a head, and ends each line", () => {
    expect(csv(["a", "b"], [["1", null], [true, 2]])).toBe('\ufeff"a","b"\r\n"1",""\r\n"true","2"\r\n'); // prettier-ignore
  });

  it("keeps quotes, commas and line breaks within their cell", () => {
    expect(csv(["x"], [['a"b, c\r\nd']])).toBe('\ufeff"x"\r\n"a""b, c\r\nd"\r\n');
  });

  it("holds no marks that turn the direction of text, also where a formula hides behind one", () => {
    expect(cells("Eve \u202elive\u202c")).toBe('"Eve live"');
    expect(cells("\u202e=1+1")).toBe(`"'=1+1"`);
  });

  it.each(["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])("defuses %j", (text) => {
    expect(cells(text).startsWith(`"'`)).toBe(true);
  });

  it.each([
    ["x;=1+1;y", "x;'=1+1;y"],
    ["x; @SUM(A1)", "x; '@SUM(A1)"],
    ["=1;-1", "'=1;'-1"],
  ])("defuses %j also where a semicolon ends a cell", (text, harmless) => {
    expect(cells(text)).toBe(`"${harmless}"`);
  });

  it.each(["-47.9", "12", "a=b", "2001:db8::1", "mail@acme.example", "a; b", "a;b-c"])("leaves %j as it is", (text) => {
    expect(cells(text)).toBe(`"${text}"`);
  });
});

describe("an export", () => {
  it("has a line for each person", () => {
    const [head, alice] = usersAsCsv([user({ name: "=evil()" })]).split("\r\n");
    expect(head).toContain('"username"');
    expect(alice).toContain(`"'=evil()"`);
    expect(alice).toContain('"alice.martin"');
    expect(alice).toContain('"192.0.2.10"');
  });

  it("has a line for each session, with its own id and that of tokens and logs", () => {
    const [head, line] = sessionsAsCsv([session({ id: "ses_6b0a2e8afK5L6Wu00L4LV1oyALJ8q0RtY" })]).split("\r\n");
    expect(head?.split(",").length).toBe(line?.split('","').length);
    expect(line).toContain('"ses_6b0a2e8afK5L6Wu00L4LV1oyALJ8q0RtY","K5L6Wu00L4LV1oyALJ8q0RtY"');
    expect(line).toContain('"Berlin"');
  });
});
