import { type ReactElement, useEffect, useRef, useState } from "react";
import { RevokeDialog } from "./RevokeDialog";
import type { Target } from "./target";

export interface Revocation {
  /** Asks whether these are to be ended, and ends them. */
  ask: (targets: readonly Target[]) => void;
  dialog: ReactElement | null;
}

/**
 * A page's dialog. `onChange` is called when it has closed after something was done, with the targets that are done; its
 * promise ends when the page knows what is left.
 */
export function useRevocation(onChange: (done: readonly Target[]) => Promise<void>): Revocation {
  const [targets, setTargets] = useState<readonly Target[]>();
  const [changes, setChanges] = useState(0);
  const places = useRef<readonly HTMLElement[]>([]);
  // Twice: when the dialog has closed, and when the row that had the focus may have gone.
  useEffect(() => {
    if (!targets) {
      focusFirst(places.current);
    }
  }, [targets, changes]);
  const ask = (chosen: readonly Target[]) => {
    // An open dialog hides the opener from screen readers, so it must lose the focus before.
    const opener = document.activeElement as HTMLElement;
    places.current = placesFrom(opener);
    opener.blur();
    setTargets(chosen);
  };
  const close = (done: readonly Target[] | undefined) => {
    setTargets(undefined);
    if (done) {
      void onChange(done).then(() => {
        setChanges((last) => last + 1);
      });
    }
  };
  return { ask, dialog: targets ? <RevokeDialog targets={targets} onClose={close} /> : null };
}

/** Where the focus belongs after the dialog: at its opener; else at the trash can of the next row, or of the last. */
function placesFrom(opener: HTMLElement): readonly HTMLElement[] {
  const row = opener.closest("tr");
  const rows = [...(row?.parentElement?.children ?? [])];
  const at = row ? rows.indexOf(row) : 0;
  const others = [...rows.slice(at + 1), ...rows.slice(0, at).reverse()];
  return [
    opener,
    ...others.flatMap((other) => [...other.querySelectorAll<HTMLElement>(".pf-v5-c-table__action button")]),
  ];
}

/** Does not scroll: the page stays where the administrator was. */
function focusFirst(places: readonly HTMLElement[]): void {
  const isFree = document.activeElement === null || document.activeElement === document.body;
  if (places.length > 0 && isFree) {
    const place = places.find((element) => element.isConnected && !element.matches(":disabled"));
    (place ?? document.querySelector<HTMLElement>(".identities-title"))?.focus({ preventScroll: true });
  }
}
