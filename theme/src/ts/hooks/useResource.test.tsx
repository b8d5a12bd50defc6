import { act, renderHook, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useResource } from "./useResource";

describe("a resource", () => {
  it("keeps the last answer while it is asked for again, also if that fails", async () => {
    const load = vi
      .fn()
      .mockResolvedValueOnce("first")
      .mockRejectedValueOnce(new Error("no"))
      .mockResolvedValue("third");
    const { result } = renderHook(() => useResource<string>(load));
    await waitFor(() => { expect(result.current.data).toBe("first"); }); // prettier-ignore
    await act(() => result.current.reload());
    expect(result.current).toMatchObject({ data: "first", error: new Error("no") });
    await act(() => result.current.reload());
    expect(result.current).toMatchObject({ data: "third", error: undefined });
  });

  it("takes no answer to another question, however late it comes", async () => {
    let late = (_answer: string) => {};
    const slow = () => new Promise<string>((resolve) => (late = resolve));
    const fast = () => Promise.resolve("fast");
    const { result, rerender } = renderHook(({ load }) => useResource(load), { initialProps: { load: slow } });
    rerender({ load: fast });
    expect(result.current.data).toBeUndefined();
    await waitFor(() => { expect(result.current.data).toBe("fast"); }); // prettier-ignore
    await act(async () => {
      late("slow");
      await Promise.resolve();
    });
    expect(result.current.data).toBe("fast");
  });

  it("does not pass off the last answer as that to the next question", async () => {
    const first = () => Promise.resolve("first");
    const pending = () => new Promise<string>(() => {});
    const { result, rerender } = renderHook(({ load }) => useResource(load), { initialProps: { load: first } });
    await waitFor(() => {
      expect(result.current.data).toBe("first");
    });
    rerender({ load: pending });
    expect(result.current.data).toBeUndefined();
  });

  it("calls off what nobody waits for any more", () => {
    let signal: AbortSignal | undefined;
    const load = (given: AbortSignal) => {
      signal = given;
      return new Promise<string>(() => {});
    };
    renderHook(() => useResource(load)).unmount();
    expect(signal?.aborted).toBe(true);
  });
});
