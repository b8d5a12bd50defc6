import { hashOf, type ListRoute, type ListView, PAGE_SIZE } from "../routes";
import { useConsole } from "./console";
import { type Ask, type Listing, useListing } from "./useListing";
import { useLive } from "./useLive";
import { type Paging, pagingBy } from "./usePaging";
import { questionOf } from "./useTotal";

/** A page of people or of sessions, and the ways from it. */
export interface ListPage<T> {
  /** How many rows it has at most. */
  size: number;
  paging: Omit<Paging, "reset">;
  listing: Listing<T>;
  live: ReturnType<typeof useLive>;
  /** Shows another list, from its first page on. */
  goTo: (change: Partial<ListView>) => void;
}

/**
 * The page of a list that the address names, kept fresh.
 *
 * @param ask as for {@link useListing}
 */
export function useListPage<T extends { id: string }>(route: ListRoute, ask: Ask<T>): ListPage<T> {
  const { realm } = useConsole();
  const size = route.size ?? PAGE_SIZE;
  const paging = pagingBy(
    questionOf({ ...route, size }),
    route.before ?? [],
    (before, asOf) => {
      location.assign(hashOf(realm, { ...route, before, asOf }));
    },
    route.asOf,
  );
  const listing = useListing(ask, paging.query, route.filter ? size : 1);
  // A search that took several answers is not repeated every few seconds.
  const live = useLive(listing, !route.filter || (listing.data?.parts ?? 1) === 1);
  const goTo = (change: Partial<ListView>) => {
    location.replace(hashOf(realm, { ...route, before: undefined, asOf: undefined, ...change }));
  };
  return { size, paging, listing, live, goTo };
}
