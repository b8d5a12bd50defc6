import { type FocusEvent, useState } from "react";

export interface SteadyRows<T> {
  rows: readonly T[];
  /** Whether rows have come, gone or changed their places since. */
  changed: boolean;
  /** Shows the list as it is now. */
  show: () => void;
  /** Belongs on the element around the rows. */
  hold: HoldProps;
}

export interface HoldProps {
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  onFocus: () => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
}

interface Kept<T> {
  question: string;
  rows: readonly T[];
  show: boolean;
}

/**
 * The rows of a list that is refreshed by itself. While the pointer or the focus is among them, each stays where it is,
 * with its latest contents: a row that moved would be under a pointer that was aimed at another. The answer to another
 * question, which is another list, is shown at once.
 *
 * @param latest has to stay the same array as long as the answer is the same
 */
export function useSteadyRows<T extends { id: string }>(latest: readonly T[], question: string): SteadyRows<T> {
  const { held, hold } = useHold(question);
  const [kept, setKept] = useState<Kept<T>>({ question, rows: latest, show: false });
  const isOther = kept.question !== question || kept.rows.length === 0;
  if (kept.show || (kept.rows !== latest && (!held || isOther))) {
    setKept({ question, rows: latest, show: false });
  }
  const byId = new Map(latest.map((row) => [row.id, row]));
  return {
    rows: kept.rows.map((row) => byId.get(row.id) ?? row),
    changed: kept.rows.length !== latest.length || kept.rows.some((row, position) => row.id !== latest[position]?.id),
    show: () => {
      setKept((last) => ({ ...last, show: true }));
    },
    hold,
  };
}

/** Whether the pointer or the focus is in an element. Another question has another element. */
function useHold(question: string): { held: boolean; hold: HoldProps } {
  const [state, setState] = useState({ question, pointer: false, focus: false });
  const change = (part: { pointer: boolean } | { focus: boolean }) => {
    setState((last) => ({
      ...(last.question === question ? last : { pointer: false, focus: false }),
      question,
      ...part,
    }));
  };
  return {
    held: state.question === question && (state.pointer || state.focus),
    hold: {
      onPointerEnter: () => {
        change({ pointer: true });
      },
      onPointerLeave: () => {
        change({ pointer: false });
      },
      onFocus: () => {
        change({ focus: true });
      },
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          change({ focus: false });
        }
      },
    },
  };
}
