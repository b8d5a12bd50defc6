import { type RefObject, useEffect } from "react";

/** The reader's place in a list: the scroll position and the row. */
interface Place {
  top: number;
  row: string | undefined;
}

/** Survives a reload of this tab, and nothing else. */
const STORED = "kc-identities-places";

/** The number of lists that are remembered, enough for going back. */
const KEPT = 20;

/**
 * Keeps the place in a list, by the list's address: after the browser's back, the breadcrumb or a reload the same rows are
 * in sight, and the focus is at the same one. The browser does not do that, because the list is loaded later than the
 * page, and scrolled inside of it.
 *
 * @param address of the list
 * @param ready whether its rows are there
 * @param rows the element around them; rows say who they are by `data-row`
 */
export function usePlace(address: string, ready: boolean, rows: RefObject<HTMLElement>): void {
  useEffect(() => {
    const element = rows.current;
    if (!ready || !element) {
      return undefined;
    }
    const scroller = scrollerOf(element);
    const place = read().get(address);
    if (place) {
      const row = [...element.querySelectorAll<HTMLElement>("[data-row]")].find(
        (one) => one.dataset["row"] === place.row,
      );
      const link = row?.querySelector("a");
      if (link && document.activeElement?.matches("body, .identities-title")) {
        link.focus({ preventScroll: true });
      }
      scroller.scrollTop = place.top;
    }
    const keep = () => {
      const row = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
      const places = read();
      places.delete(address);
      places.set(address, { top: scroller.scrollTop, row });
      write([...places].slice(-KEPT));
    };
    // Before anything of the next page is drawn. A click comes first where it leads there.
    element.addEventListener("click", keep);
    window.addEventListener("popstate", keep);
    window.addEventListener("pagehide", keep);
    return () => {
      element.removeEventListener("click", keep);
      window.removeEventListener("popstate", keep);
      window.removeEventListener("pagehide", keep);
    };
  }, [address, ready, rows]);
}

function read(): Map<string, Place> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(STORED) ?? "[]") as [string, Place][]);
  } catch {
    return new Map(); // Somebody else's text, or none to be had.
  }
}

function write(places: readonly [string, Place][]): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(places));
  } catch {
    // None to be had, or full: then the way back leads to the top of the list.
  }
}

/** What scrolls the element: the console's main part, or the whole page. */
function scrollerOf(element: HTMLElement): HTMLElement {
  for (let above = element.parentElement; above; above = above.parentElement) {
    if (above.scrollHeight > above.clientHeight && /auto|scroll/.test(getComputedStyle(above).overflowY)) {
      return above;
    }
  }
  return document.documentElement;
}
