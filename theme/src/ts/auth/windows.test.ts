import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fragmentByFrame } from "./frame";
import { openPopup } from "./popup";

/** A window at another origin does not tell where it is. */
function foreign(): never {
  throw new DOMException("Blocked a frame", "SecurityError");
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a hidden frame", () => {
  function frame(): HTMLIFrameElement {
    const found = document.querySelector("iframe");
    if (!found) {
      throw new Error("There is no frame.");
    }
    return found;
  }

  function arrive(view: unknown): void {
    Object.defineProperty(frame(), "contentWindow", { value: view });
    frame().dispatchEvent(new Event("load"));
  }

  it("runs nothing, is not seen, and leaves nothing behind", async () => {
    const fragment = fragmentByFrame("http://localhost/auth");
    expect(frame().getAttribute("sandbox")).toBe("allow-same-origin");
    expect(frame().hidden).toBe(true);
    arrive({ location: { hash: "#state=1" } });
    expect(await fragment).toBe("#state=1");
    expect(document.querySelector("iframe")).toBeNull();
  });

  it("fails when it ends at another origin", async () => {
    const fragment = fragmentByFrame("http://localhost/auth");
    arrive({ get location(): never { return foreign(); } }); // prettier-ignore
    await expect(fragment).rejects.toThrow("another origin");
    expect(document.querySelector("iframe")).toBeNull();
  });

  it("is given up after a while", async () => {
    const fragment = fragmentByFrame("http://localhost/auth");
    vi.advanceTimersByTime(10_000);
    await expect(fragment).rejects.toThrow("timed out");
    expect(document.querySelector("iframe")).toBeNull();
  });
});

describe("a window", () => {
  it("is waited for while people sign in elsewhere", async () => {
    const popup = { closed: false, close: vi.fn(), hash: undefined as string | undefined, href: "" };
    const view = {
      get closed() {
        return popup.closed;
      },
      close: popup.close,
      location: {
        set href(url: string) {
          popup.href = url;
        },
        get hash() {
          return popup.hash ?? foreign();
        },
      },
    };
    vi.stubGlobal("open", () => view);
    const fragment = openPopup()("http://sso/auth");
    expect(popup.href).toBe("http://sso/auth");
    await vi.advanceTimersByTimeAsync(60_000);
    popup.hash = "#some-anchor";
    await vi.advanceTimersByTimeAsync(200);
    popup.hash = "#state=1&code=2";
    await vi.advanceTimersByTimeAsync(200);
    expect(await fragment).toBe("#state=1&code=2");
    expect(popup.close).toHaveBeenCalledTimes(1);
  });

  it("may be blocked", async () => {
    vi.stubGlobal("open", () => null);
    await expect(openPopup()("http://sso/auth")).rejects.toThrow("blocked");
  });

  it("may be closed", async () => {
    vi.stubGlobal("open", () => ({ closed: true, location: { href: "", hash: "" } }));
    const failure = expect(openPopup()("http://sso/auth")).rejects.toThrow("closed");
    await vi.advanceTimersByTimeAsync(200);
    await failure;
  });
});
