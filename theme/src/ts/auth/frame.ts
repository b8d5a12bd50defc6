/** The server answers at once or is not there. */
const TIMEOUT = 10_000;

/** Opens an address in a hidden frame, and gives the fragment of the one at which it ends. */
export function fragmentByFrame(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    const end = (settle: () => void) => {
      clearTimeout(timer);
      frame.remove();
      settle();
    };
    const timer = setTimeout(() => {
      end(() => {
        reject(new Error("Sign-in timed out."));
      });
    }, TIMEOUT);
    frame.hidden = true;
    // Nothing runs in it; all that we need is to read its address.
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.src = url;
    frame.addEventListener("load", () => {
      const fragment = readFragment(frame.contentWindow);
      end(() => {
        if (fragment === undefined) {
          reject(new Error("Sign-in ended at another origin."));
        } else {
          resolve(fragment);
        }
      });
    });
    document.body.append(frame);
  });
}

/** The fragment of a window's address; undefined while it is somewhere that is none of our business. */
export function readFragment(view: Window | null): string | undefined {
  try {
    return view?.location.hash;
  } catch {
    return undefined;
  }
}
