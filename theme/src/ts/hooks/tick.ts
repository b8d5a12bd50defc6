import { createContext, useEffect, useState } from "react";

/** Changes twice a minute, so that components that read it are drawn again. Relative times need that. */
export const Tick = createContext(0);

const INTERVAL = 30_000;

export function useTick(): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      setTick((last) => last + 1);
    }, INTERVAL);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return tick;
}
