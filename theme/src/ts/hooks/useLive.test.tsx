import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../api/http";
import { SignInRequired } from "../auth/authorization";
import { IDLE, INTERVAL, useLive } from "./useLive";

let hidden = false;
let reload: () => Promise<void>;

function start(error?: unknown) {
  return renderHook(() => useLive({ data: undefined, error, reload }));
}

async function pass(milliseconds: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(milliseconds));
}

function setHidden(value: boolean): void {
  hidden = value;
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

beforeEach(() => {
  vi.useFakeTimers();
  hidden = false;
  reload = vi.fn(() => Promise.resolve());
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
});
afterEach(() => vi.useRealTimers());

describe("what is live", () => {
  it("is refreshed every ten seconds", async () => {
    start();
    await pass(3 * INTERVAL);
    expect(reload).toHaveBeenCalledTimes(3);
  });

  it("is not asked for again before the last answer is there", async () => {
    let answer = () => {};
    reload = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)));
    start();
    await pass(5 * INTERVAL);
    expect(reload).toHaveBeenCalledTimes(1);
    answer();
    await pass(INTERVAL);
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it("rests while nobody sees it, and is fresh when somebody looks", async () => {
    start();
    setHidden(true);
    await pass(10 * INTERVAL);
    expect(reload).not.toHaveBeenCalled();
    setHidden(false);
    await pass(0);
    expect(reload).toHaveBeenCalledTimes(1);
    await pass(INTERVAL);
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it("pauses when nobody has touched anything for ten minutes", async () => {
    const { result } = start();
    await pass(IDLE - 1);
    expect(result.current.live).toBe(true);
    act(() => void window.dispatchEvent(new Event("pointermove")));
    await pass(IDLE - 1);
    expect(result.current.live).toBe(true);
    await pass(1);
    expect(result.current.live).toBe(false);
    vi.mocked(reload).mockClear();
    await pass(IDLE);
    expect(reload).not.toHaveBeenCalled();
  });

  it("pauses and goes on by hand, at once", async () => {
    const { result } = start();
    act(() => { result.current.setLive(false); }); // prettier-ignore
    await pass(5 * INTERVAL);
    expect(reload).not.toHaveBeenCalled();
    act(() => { result.current.setLive(true); }); // prettier-ignore
    expect(reload).toHaveBeenCalledTimes(1);
    await pass(INTERVAL);
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it.each([new SignInRequired(), new ApiError(403, ""), new ApiError(404, "")])(
    "stops after %s, which will not change",
    async (error) => {
      const { result } = start(error);
      expect(result.current.live).toBe(false);
      await pass(5 * INTERVAL);
      expect(reload).not.toHaveBeenCalled();
    },
  );

  it("goes on after other errors", async () => {
    start(new ApiError(503, ""));
    await pass(INTERVAL);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("ends with its page", async () => {
    start().unmount();
    await pass(IDLE);
    setHidden(false);
    expect(reload).not.toHaveBeenCalled();
  });
});
