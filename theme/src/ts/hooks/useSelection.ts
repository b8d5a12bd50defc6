import { useState } from "react";

export interface Selection {
  has: (id: string) => boolean;
  set: (id: string, selected: boolean) => void;
  setAll: (selected: boolean) => void;
  all: boolean;
  /** Whether there is anything to select. */
  possible: boolean;
  ids: readonly string[];
  clear: () => void;
}

/** Which of the rows that can be selected are. Rows that go away are so no longer; nothing out of sight is selected. */
export function useSelection(selectable: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = selectable.filter((id) => chosen.has(id));
  return {
    ids,
    possible: selectable.length > 0,
    has: (id) => ids.includes(id),
    all: ids.length > 0 && ids.length === selectable.length,
    set: (id, selected) => {
      setChosen(new Set(selected ? [...ids, id] : ids.filter((other) => other !== id)));
    },
    setAll: (selected) => {
      setChosen(new Set(selected ? selectable : []));
    },
    clear: () => {
      setChosen(new Set());
    },
  };
}
