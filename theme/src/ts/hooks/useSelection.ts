import { useState } from "react";

export interface Selection {
  has: (id: string) => boolean;
  set: (id: string, selected: boolean) => void;
  /** Selects all but the administrator's own, or none. */
  setAll: (selected: boolean) => void;
  /** Whether all are selected that `setAll` selects. */
  all: boolean;
  /** Whether there is anything to select. */
  possible: boolean;
  /** Whether there is anything that `setAll` selects. */
  allPossible: boolean;
  ids: readonly string[];
  /** Takes these out, and keeps the others. */
  drop: (ids: readonly string[]) => void;
}

/**
 * Which of the rows that can be selected are. Rows that go away are so no longer; nothing out of sight is selected.
 *
 * @param own those of the administrator: each is selected by itself, because ending it signs the administrator out
 */
export function useSelection(selectable: readonly string[], own: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = selectable.filter((id) => chosen.has(id));
  const others = selectable.filter((id) => !own.includes(id));
  return {
    ids,
    possible: selectable.length > 0,
    has: (id) => ids.includes(id),
    allPossible: others.length > 0,
    all: others.length > 0 && others.every((id) => chosen.has(id)),
    set: (id, selected) => {
      setChosen(new Set(selected ? [...ids, id] : ids.filter((other) => other !== id)));
    },
    setAll: (selected) => {
      setChosen(new Set(selected ? others : []));
    },
    drop: (dropped) => {
      setChosen(new Set(ids.filter((id) => !dropped.includes(id))));
    },
  };
}
