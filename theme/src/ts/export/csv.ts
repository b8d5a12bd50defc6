import { undirected } from "../text";

/** A spreadsheet takes a cell that begins like this for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * In countries with a decimal comma, spreadsheets split lines at semicolons. Quotes around a field that was meant to end
 * at a comma do not keep them from that: so a formula may begin behind any semicolon.
 */
const FORMULA_IN_NEXT_CELL = /;\s*(?=[=+\-@＝＋－＠])/g;

const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * A table in the form of RFC 4180, with a byte order mark, by which spreadsheets know UTF-8. Names and user agents are
 * anybody's text: a cell that a spreadsheet would run begins with an apostrophe, which makes it text there; and no cell
 * reads as another text than it is.
 */
export function csv(head: readonly string[], rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => quoted(undirected(String(cell ?? "")))).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function quoted(cell: string): string {
  const harmless = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return `"${harmless.replace(FORMULA_IN_NEXT_CELL, "$&'").replaceAll('"', '""')}"`;
}
