/** Expressions of this tab that do not go into an address. They survive a reload, and nothing else. */
const STORED = "kc-identities-filters";

/** Stands in an address for an expression that is kept here, by its number. */
const KEPT = /^kept-(\d+)$/u;

/** So many are kept, the last ones: enough for going back. */
const MOST = 50;

/**
 * After a reload the console hands its whole address, encoded once more, to the server's sign-in, in a request line that
 * may have 4096 characters. The cursors of the pages take most of them.
 */
const LONGEST = 1_000;

/** An expression as it may stand in an address: one that names a person, or is too long, is kept in this tab instead. */
export function toAddress(expression: string): string {
  if (!namesPeople(expression) && encodeURIComponent(encodeURIComponent(expression)).length <= LONGEST) {
    return expression;
  }
  const kept = read();
  const known = kept.find(([, one]) => one === expression);
  const number = known?.[0] ?? (kept.at(-1)?.[0] ?? 0) + 1;
  if (!known) {
    write([...kept, [number, expression] as const].slice(-MOST));
  }
  return `kept-${number}`;
}

/** The expression in an address. One that is kept in another tab stays as it is, and no server takes it for a filter. */
export function fromAddress(addressed: string): string {
  const number = KEPT.exec(addressed)?.[1];
  return read().find(([one]) => String(one) === number)?.[1] ?? addressed;
}

/** Whether an expression is only the number of one that is kept in another tab. */
export function isElsewhere(expression: string): boolean {
  return KEPT.test(expression);
}

/**
 * Whether an expression may hold the name of a person. Names do not go into the browser's address, because that is kept
 * in the history of the machine, and in the logs of whoever sees it.
 */
export function namesPeople(expression: string): boolean {
  return /\.\s*(username|email|name)\b/u.test(expression);
}

type Kept = readonly (readonly [number: number, expression: string])[];

function read(): Kept {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? "[]") as Kept;
  } catch {
    return []; // Somebody else's text, or none to be had.
  }
}

function write(expressions: Kept): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(expressions));
  } catch {
    // None to be had, or full: then a filter that names a person is gone with the page.
  }
}
