import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import type { Selection } from "../hooks/useSelection";
import { Button } from "../pf";

/** Revokes the rows that are selected. On a narrow page, where the table has no head, it also selects all of them. */
export function RevokeSelected({ selection, onClick }: { selection: Selection; onClick: () => void }): ReactElement {
  const { t } = useConsole();
  const count = selection.ids.length;
  return (
    <>
      {selection.allPossible && (
        <label className="identities-select-all">
          <input
            type="checkbox"
            className="pf-v5-c-check__input"
            checked={selection.all}
            onChange={(event) => {
              selection.setAll(event.target.checked);
            }}
          />
          {t("identities.select.cards")}
        </label>
      )}
      <Button variant="secondary" isDanger isDisabled={count === 0} onClick={onClick}>
        {count === 0 ? t("identities.revoke.selected.none") : t("identities.revoke.selected", { count })}
      </Button>
    </>
  );
}
