import { useState } from "react";

export interface Paging {
  /** The query of the page that is shown. */
  query: string;
  /** Counted from 1. There is no last one: nobody counts how many there are. */
  number: number;
  /** Goes on to the page with this query. */
  next: (query: string) => void;
  previous: () => void;
  /** Back to the first. */
  reset: () => void;
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
