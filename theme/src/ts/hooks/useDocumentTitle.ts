import { useEffect } from "react";

/** Names the browser's tab, before the title that the console has given it, as long as the page is shown. */
export function useDocumentTitle(name: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = `${name} – ${before}`;
    const named = document.title; // Browsers collapse white space.
    return () => {
      // Somebody else may have named it in the meantime.
      if (document.title === named) {
        document.title = before;
      }
    };
  }, [name]);
}
