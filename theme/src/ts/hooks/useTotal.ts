import { useCallback, useEffect, useRef } from "react";
import type { Total } from "../api/types";
import type { ListName } from "../filter/facets";
import type { ListRoute } from "../routes";
import { useConsole } from "./console";
import { type Resource, useResource } from "./useResource";

/**
 * How many entries a list has on all its pages. It is asked for by itself, because counting takes longer than a page, and
 * again when the rows of a list without a filter have changed; with a filter the server would read its table each time.
 *
 * @param rows what tells whether the rows have changed
 */
export function useTotal(route: ListRoute, rows: string): Resource<Total | undefined> {
  const { identities } = useConsole();
  const list: ListName = route.page;
  const query = totalQuery(route);
  const total = useResource(
    useCallback(
      async (signal: AbortSignal) => (await identities[list](query, signal)).total,
      [identities, list, query],
    ),
  );
  const { reload } = total;
  const isCheap = !route.filter && !route.search;
  const shown = useRef({ query, rows });
  useEffect(() => {
    const last = shown.current;
    shown.current = { query, rows };
    if (isCheap && last.query === query && last.rows !== "" && last.rows !== rows) {
      void reload();
    }
  }, [isCheap, query, rows, reload]);
  return total;
}

function totalQuery(route: ListRoute): string {
  return `${questionOf({ ...route, size: 1, order: "id" })}&total=true`;
}

/** The first query of a list. */
export function questionOf({ page, search, identityProvider, order, filter, size }: ListRoute): string {
  return new URLSearchParams({
    limit: String(size),
    ...(page === "users" && order !== "id" ? { order_by: "last_active" } : {}),
    ...(page === "users" && search ? { search } : {}),
    ...(page === "users" && identityProvider ? { identity_provider: identityProvider } : {}),
    ...(filter ? { filter } : {}),
  }).toString();
}
