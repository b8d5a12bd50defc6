/** The characters that turn the direction of text: the explicit and the implicit ones of Unicode (UAX #9, section 2). */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text of anybody's making without characters by which it would read as another one: U+202E shows "evil" as "live". */
export function undirected(text: string): string {
  return text.replace(DIRECTIONS, "");
}
