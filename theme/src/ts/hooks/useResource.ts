import { useCallback, useEffect, useMemo, useRef, useState } from "react";

type Load<T> = (signal: AbortSignal) => Promise<T>;

export interface Resource<T> {
  /** The last answer; stays while it is asked for again, also if that fails. */
  data: T | undefined;
  /** Why the last try failed. */
  error: unknown;
  /** Asks again; does not fail. */
  reload: () => Promise<void>;
}

interface Answer<T> {
  to: Load<T>;
  data?: T | undefined;
  error?: unknown;
}

/** The result of `load`. Pass the same function as long as it asks the same question. */
export function useResource<T>(load: Load<T>): Resource<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ to: load });
  const running = useRef<AbortController>();

  const reload = useCallback(async () => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    try {
      const data = await load(signal);
      if (!signal.aborted) {
        setAnswer({ to: load, data });
      }
    } catch (error) {
      if (!signal.aborted) {
        setAnswer((last) => ({ to: load, data: last.to === load ? last.data : undefined, error }));
      }
    }
  }, [load]);

  useEffect(() => {
    void reload();
    return () => running.current?.abort();
  }, [reload]);

  // An answer to another question is none.
  const { data, error }: Partial<Answer<T>> = answer.to === load ? answer : {};
  return useMemo(() => ({ data, error, reload }), [data, error, reload]);
}
