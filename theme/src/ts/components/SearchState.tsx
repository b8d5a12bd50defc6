import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import type { Listing } from "../hooks/useListing";
import { Button } from "../pf";

interface SearchStateProps<T> {
  listing: Listing<T>;
  /** When the last row that was found began or was active; empty where none was found. */
  back: string;
}

/** Says that a page is not full because the search for its rows goes on, or has stopped, and goes on with it. */
export function SearchState<T>({ listing, back }: SearchStateProps<T>): ReactElement {
  const { t, words } = useConsole();
  const until = back ? t("identities.searching.back", { time: words.exact(back) }) : "";
  return (
    <div role="status" className="identities-inline identities-searching">
      {listing.searching && <span>{`${t("identities.searching")} ${until}`.trim()}</span>}
      {listing.unfinished && (
        <>
          <span>{`${t("identities.searching.stopped")} ${until}`.trim()}</span>
          <Button variant="link" size="sm" isInline onClick={() => void listing.searchOn()}>
            {t("identities.searching.on")}
          </Button>
        </>
      )}
    </div>
  );
}
