import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import type { Paging } from "../hooks/usePaging";
import { Button, FormSelect, FormSelectOption } from "../pf";
import { PAGE_SIZE, pageSizes } from "../routes";

interface PagerProps {
  paging: Omit<Paging, "reset">;
  next: string | undefined;
  /** Chooses how many rows a page has, where that can be chosen. */
  size?: { value: number; onChange: (size: number) => void };
}

/** Goes through pages; shows nothing where there is one only, which a smaller size would not change. */
export function Pager({ paging, next, size }: PagerProps): ReactElement | null {
  const { t } = useConsole();
  if (paging.number === 1 && next === undefined && (size?.value ?? PAGE_SIZE) === PAGE_SIZE) {
    return null;
  }
  return (
    <nav aria-label={t("identities.pages")} className="identities-pager">
      {size && (
        <FormSelect
          aria-label={t("identities.pages.size")}
          className="identities-size"
          value={size.value}
          onChange={(_event, chosen) => {
            size.onChange(Number(chosen));
          }}
        >
          {pageSizes.map((value) => (
            <FormSelectOption key={value} value={value} label={t("identities.pages.rows", { count: value })} />
          ))}
        </FormSelect>
      )}
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
