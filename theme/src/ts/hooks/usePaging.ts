import { useState } from "react";

export interface Paging {
  /** The query of the page that is shown. */
  query: string;
  /** The number of the page, from 1. There is no last number, because the server does not count the entries. */
  number: number;
  /** Goes on to the page with this query. */
  next: (query: string) => void;
  previous: () => void;
  /** Back to the first. */
  reset: () => void;
}

/** The place in a list that the server's query of a page names. */
const CURSOR = "before_id";

/** What the server's `time.now` stands for: the same on all pages of a list. */
const AS_OF = "as_of";

/**
 * Cursors in an address, the last ones. After a reload the console hands its whole address to the server's sign-in, in a
 * request line that may have 4096 characters; and a cursor may have 130.
 */
const KEPT = 15;

/** Stands for an earlier one, so that the pages are counted right. */
const DROPPED = "";

/**
 * Pages by the server's own cursors, which stand in the address: so the browser's way back leads through the pages, and a
 * reload or a link shows the same one. They lead forward only; so the address holds the last ones, for the way back. From
 * the earliest of these pages it leads to the first.
 *
 * @param first the query of the first page
 * @param before the cursors of the pages after it, up to the one that is looked at
 * @param goTo shows the page with these, and with the time that the server has given for them
 * @param asOf that time
 */
export function pagingBy(
  first: string,
  before: readonly string[],
  goTo: (before: readonly string[], asOf: string | undefined) => void,
  asOf?: string,
): Omit<Paging, "reset"> {
  const cursor = before.at(-1);
  const place = cursor === undefined ? {} : { [CURSOR]: cursor, ...(asOf === undefined ? {} : { [AS_OF]: asOf }) };
  return {
    query: [first, new URLSearchParams(place).toString()].filter(Boolean).join("&"),
    number: before.length + 1,
    next: (query) => {
      const next = new URLSearchParams(query);
      const way = [...before, next.get(CURSOR) ?? ""];
      goTo(
        way.map((one, page) => (page < way.length - KEPT ? DROPPED : one)),
        next.get(AS_OF) ?? undefined,
      );
    },
    previous: () => {
      const way = before.at(-2) === DROPPED ? [] : before.slice(0, -1);
      goTo(way, way.length > 0 ? asOf : undefined);
    },
  };
}

/**
 * Pages by the server's own queries, which lead forward only; so we remember the way back. Another first query is
 * another list.
 */
export function usePaging(first: string): Paging {
  const [way, setWay] = useState<{ first: string; queries: readonly string[] }>({ first, queries: [] });
  const queries = way.first === first ? way.queries : [];
  return {
    query: queries.at(-1) ?? first,
    number: queries.length + 1,
    next: (query) => {
      setWay({ first, queries: [...queries, query] });
    },
    previous: () => {
      setWay({ first, queries: queries.slice(0, -1) });
    },
    reset: () => {
      setWay({ first, queries: [] });
    },
  };
}
