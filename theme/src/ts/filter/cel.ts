/*
 * The little of the server's filter language (a subset of CEL, the Common Expression Language) that the page writes and
 * knows again. What the page does not know again it shows as text; the server judges it.
 */

/** A text of the language. JSON's escapes are a subset of CEL's. */
export function literal(text: string): string {
  // Half of a character pair is no text in CEL.
  return JSON.stringify(text.replace(/[\ud800-\udfff]/gu, "\ufffd"));
}

/** A text of the language in a pattern; what it stands for is read by `valueOf`. */
export const LITERAL = String.raw`"(?:[^"\\]|\\.)*"`;

/** What a text of the language stands for; undefined where it is written in a way that the page does not write. */
export function valueOf(written: string): string | undefined {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** All of these at once; empty for none. */
export function and(conditions: readonly string[]): string {
  return conditions.length === 1 ? (conditions[0] ?? "") : conditions.map(enclosed).join(" && ");
}

/** The conditions that an expression demands all at once, as they are written. One that cannot be split is one condition. */
export function conditionsOf(expression: string): readonly string[] {
  const whole = expression.trim();
  const parts = split(whole, "&&");
  return split(whole, "||").length > 1 ? [whole] : parts.map((part) => part.trim()).filter(Boolean);
}

/** An `||` would take what stands beside it along. */
function enclosed(condition: string): string {
  return split(condition, "||").length > 1 ? `(${condition})` : condition;
}

/** Splits at an operator that stands outside of all brackets and texts. */
function split(expression: string, operator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of expression.matchAll(TOKEN)) {
    if ("([{".includes(token)) {
      depth++;
    } else if (")]}".includes(token)) {
      depth--;
    } else if (token === operator && depth === 0) {
      parts.push(expression.slice(start, index));
      start = index + token.length;
    }
  }
  return [...parts, expression.slice(start)];
}

/** Texts with either quote as wholes, brackets, and the operators that join conditions. */
const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|&&|\|\||[()[\]{}]/gu;
