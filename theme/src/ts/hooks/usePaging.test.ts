import { describe, expect, it } from "vitest";
import { allUsers, hashOf } from "../routes";
import { pagingBy } from "./usePaging";

/** As long as the server's longest usual ones. */
function cursor(page: number): string {
  return `pos_${String(page).padStart(123, "0")}`;
}

function nextOf(way: readonly string[], page: number): readonly string[] {
  let next = way;
  pagingBy("limit=50", way, (before) => {
    next = before;
  }).next(`before_id=${cursor(page)}&limit=50`);
  return next;
}

/** The cursors in the address after going on so many times. */
function wayTo(pages: number): readonly string[] {
  return Array.from({ length: pages }).reduce<readonly string[]>((way, _, page) => nextOf(way, page), []);
}

function previousOf(way: readonly string[]): readonly string[] {
  let previous = way;
  pagingBy("limit=50", way, (before) => {
    previous = before;
  }).previous();
  return previous;
}

describe("paging by the address", () => {
  it("keeps the address short enough for a sign-in, and counts the pages right", () => {
    const way = wayTo(60);
    const paging = pagingBy("limit=50", way, () => undefined);
    expect(paging.number).toBe(61);
    expect(paging.query).toBe(`limit=50&before_id=${cursor(59)}`);
    const address = hashOf("acme", { ...allUsers, before: way });
    expect(encodeURIComponent(address).length).toBeLessThan(3500);
  });

  it("leads back page by page, and from the earliest page that is known to the first", () => {
    let way = wayTo(20);
    const numbers: number[] = [];
    while (way.length > 0) {
      way = previousOf(way);
      numbers.push(way.length + 1);
    }
    expect(numbers).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 1]);
  });

  it("leads back through all pages while they are few", () => {
    expect(previousOf(wayTo(3))).toEqual([cursor(0), cursor(1)]);
    expect(previousOf(wayTo(1))).toEqual([]);
  });
});
