import { useEffect, useState } from "react";
import { isFinal } from "../api/http";
import type { Resource } from "./useResource";

/** Between the end of one refresh and the next. */
export const INTERVAL = 10_000;

/** Refreshing stops after this long without input, because each refresh keeps the administrator's own session alive. */
export const IDLE = 10 * 60_000;

const INPUT = ["pointerdown", "pointermove", "keydown", "wheel"];

export interface Live {
  live: boolean;
  setLive: (live: boolean) => void;
}

/**
 * Keeps something fresh while it is looked at: not in a hidden tab, and not without anybody at the keyboard.
 *
 * @param possible false for what costs the server too much to be asked again and again
 */
export function useLive({ error, reload }: Resource<unknown>, possible = true): Live {
  const [wanted, setWanted] = useState(true);
  const live = wanted && possible && !isFinal(error);
  useRefresh(live, reload);
  useEffect(
    () =>
      live
        ? onIdle(() => {
            setWanted(false);
          })
        : undefined,
    [live],
  );

  const setLive = (next: boolean) => {
    setWanted(next);
    if (next) {
      void reload();
    }
  };
  return { live, setLive };
}

function useRefresh(active: boolean, reload: () => Promise<void>): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    // The next one is timed when the last has ended: a slow server is not asked more than it can answer.
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, INTERVAL);
    };
    const refresh = () => {
      clearTimeout(timer);
      void (document.hidden ? Promise.resolve() : reload()).then(() => {
        if (!ended) {
          wait();
        }
      });
    };
    const onVisibility = () => {
      if (!document.hidden) {
        refresh();
      }
    };
    wait();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [active, reload]);
}

function onIdle(idle: () => void): () => void {
  let timer = setTimeout(idle, IDLE);
  const onInput = () => {
    clearTimeout(timer);
    timer = setTimeout(idle, IDLE);
  };
  INPUT.forEach((type) => {
    window.addEventListener(type, onInput, { capture: true, passive: true });
  });
  return () => {
    clearTimeout(timer);
    INPUT.forEach((type) => {
      window.removeEventListener(type, onInput, { capture: true });
    });
  };
}
