import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import { Button } from "../pf";

/** Revokes the rows that are selected. */
export function RevokeSelected({ count, onClick }: { count: number; onClick: () => void }): ReactElement {
  const { t } = useConsole();
  return (
    <Button variant="secondary" isDanger isDisabled={count === 0} onClick={onClick}>
      {count === 0 ? t("identities.revoke.selected.none") : t("identities.revoke.selected", { count })}
    </Button>
  );
}
