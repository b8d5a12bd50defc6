import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { nextQuery, PASSED_OVER } from "../api/identities";
import type { Resource } from "./useResource";

/** The rows of a page of a list, and where it goes on. */
export interface Found<T> {
  rows: readonly T[];
  /** The query of what comes behind them; undefined at the end of the list. */
  next: string | undefined;
  /** How many answers of the server they are from. */
  parts: number;
}

export interface Listing<T> extends Resource<Found<T>> {
  /** Whether more rows are being looked for, behind those that are there. */
  searching: boolean;
  /** Whether the server stopped before the page was full, and so did we. */
  unfinished: boolean;
  /** Looks for more, and adds them. */
  searchOn: () => Promise<void>;
}

/** Asks for one answer of the server. Pass the same function as long as it asks the same list. */
export type Ask<T> = (
  query: string,
  signal: AbortSignal,
) => Promise<{ rows: readonly T[]; next_page_uri: string | null }>;

interface Kept<T> {
  to: string;
  by: Ask<T>;
  found?: Found<T> | undefined;
  error?: unknown;
}

/**
 * A page of a list. The server reads a bounded number of rows for each answer, so it may give few or none and where to
 * look on. The page looks on by itself for a while, and shows what it has found meanwhile.
 *
 * @param query of the page's first answer
 * @param wanted so many rows are enough: a full page where a filter makes the server stop early, else any
 */
export function useListing<T extends { id: string }>(ask: Ask<T>, query: string, wanted: number): Listing<T> {
  const [kept, setKept] = useState<Kept<T>>({ to: query, by: ask });
  const [searching, setSearching] = useState(false);
  const running = useRef<AbortController>();

  /** Reads on from here, until the page is full or so many answers have come. */
  const read = useCallback(
    async (from: Found<T> | undefined, answers: number, onPart: (part: Found<T>) => void) => {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      let found = from;
      try {
        for (let count = 0; count < answers; count++) {
          if (found && (found.next === undefined || found.rows.length >= wanted)) {
            break;
          }
          setSearching(found !== undefined);
          const page = await ask(found?.next ?? query, signal);
          if (signal.aborted) {
            return;
          }
          // The same array while there is one answer, so that an unchanged list stays the same object.
          const rows = found && found.rows.length > 0 ? joined(found.rows, page.rows) : page.rows;
          found = { rows, next: nextQuery(page), parts: (found?.parts ?? 0) + 1 };
          onPart(found);
        }
        if (found) {
          setKept({ to: query, by: ask, found });
        }
      } catch (error) {
        if (!signal.aborted) {
          setKept((last) => ({
            to: query,
            by: ask,
            found: last.to === query && last.by === ask ? last.found : undefined,
            error,
          }));
        }
      }
      if (!signal.aborted) {
        setSearching(false);
      }
    },
    [ask, query, wanted],
  );
  const show = useCallback(
    (found: Found<T>) => {
      setKept({ to: query, by: ask, found });
    },
    [ask, query],
  );
  useEffect(() => {
    void read(undefined, 1 + PASSED_OVER, show);
    return () => running.current?.abort();
  }, [read, show]);

  // An answer to another question is none.
  const { found, error }: Partial<Kept<T>> = kept.to === query && kept.by === ask ? kept : {};
  const parts = found?.parts ?? 1 + PASSED_OVER;
  const reload = useCallback(
    // What is shown stays until all of it is there again.
    () => read(undefined, Math.max(parts, 1 + PASSED_OVER), () => undefined),
    [read, parts],
  );
  const searchOn = useCallback(() => read(found, 1 + PASSED_OVER, show), [read, found, show]);
  return useMemo(
    () => ({
      data: found,
      error,
      reload,
      searching,
      unfinished: !searching && found?.next !== undefined && found.rows.length < wanted,
      searchOn,
    }),
    [found, error, reload, searching, wanted, searchOn],
  );
}

/** A row may move to a later answer while the list is read. */
function joined<T extends { id: string }>(rows: readonly T[], more: readonly T[]): readonly T[] {
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...more.filter(({ id }) => !known.has(id))];
}
