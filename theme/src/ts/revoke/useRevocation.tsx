import { type ReactElement, useEffect, useRef, useState } from "react";
import { RevokeDialog } from "./RevokeDialog";
import type { Target } from "./target";

export interface Revocation {
  /** Asks whether these are to be ended, and ends them. */
  ask: (targets: readonly Target[]) => void;
  dialog: ReactElement | null;
}

/** A page's dialog; `onChange` is called when it has closed after something was done. */
export function useRevocation(onChange: () => void): Revocation {
  const [targets, setTargets] = useState<readonly Target[]>();
  const [changes, setChanges] = useState(0);
  const opener = useRef<HTMLElement>();
  useEffect(() => {
    if (!targets) {
      opener.current?.focus();
    }
  }, [targets]);
  // The row that had the focus may be gone.
  useEffect(() => {
    if (changes > 0) {
      document.querySelector<HTMLElement>(".identities-title")?.focus();
    }
  }, [changes]);
  const ask = (chosen: readonly Target[]) => {
    // What an open dialog hides from screen readers must not hold the focus, not even for a moment.
    opener.current = document.activeElement as HTMLElement;
    opener.current.blur();
    setTargets(chosen);
  };
  const close = (changed: boolean) => {
    setTargets(undefined);
    if (changed) {
      setChanges(changes + 1);
      onChange();
    }
  };
  return { ask, dialog: targets ? <RevokeDialog targets={targets} onClose={close} /> : null };
}
