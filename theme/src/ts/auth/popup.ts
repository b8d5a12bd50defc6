import { readFragment } from "./frame";

const INTERVAL = 200;

/**
 * Opens an address in a small window, and gives the fragment of the one at which it ends. For servers on another site
 * than the console, whose cookies a hidden frame does not see. Only a click may open a window.
 */
export function openPopup(): (url: string) => Promise<string> {
  // Opened before the address is known: browsers count a window as the click's only while the click is handled.
  const popup = window.open("about:blank", "identities-sign-in", "popup,width=480,height=640");
  return (url) =>
    new Promise((resolve, reject) => {
      if (!popup) {
        reject(new Error("The browser blocked the window."));
        return;
      }
      popup.location.href = url;
      const timer = setInterval(() => {
        const fragment = readFragment(popup);
        if (popup.closed) {
          clearInterval(timer);
          reject(new Error("The window was closed."));
        } else if (fragment?.includes("state=")) {
          clearInterval(timer);
          popup.close();
          resolve(fragment);
        }
      }, INTERVAL);
    });
}
