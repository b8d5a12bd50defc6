import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import type { Paging } from "../hooks/usePaging";
import { Button } from "../pf";

/** Goes through pages; shows nothing where there is one only. */
export function Pager({
  paging,
  next,
}: {
  paging: Omit<Paging, "reset">;
  next: string | undefined;
}): ReactElement | null {
  const { t } = useConsole();
  if (paging.number === 1 && next === undefined) {
    return null;
  }
  return (
    <nav aria-label={t("identities.pages")} className="identities-pager">
      <Button variant="secondary" isDisabled={paging.number === 1} onClick={paging.previous}>
        {t("identities.pages.previous")}
      </Button>
      <span>{t("identities.pages.number", { number: paging.number })}</span>
      <Button
        variant="secondary"
        isDisabled={next === undefined}
        onClick={() => {
          if (next !== undefined) {
            paging.next(next);
          }
        }}
      >
        {t("identities.pages.next")}
      </Button>
    </nav>
  );
}
