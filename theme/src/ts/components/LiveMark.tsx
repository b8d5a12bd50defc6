import PauseIcon from "@patternfly/react-icons/dist/esm/icons/pause-circle-icon";
import SyncIcon from "@patternfly/react-icons/dist/esm/icons/sync-alt-icon";
import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import type { Live } from "../hooks/useLive";
import type { SteadyRows } from "../hooks/useSteadyRows";
import { Button } from "../pf";

interface LiveMarkProps extends Live {
  /** The name of the list that is refreshed, if it is a list. */
  list?: Pick<SteadyRows<unknown>, "changed" | "show">;
}

/** Says whether what is shown is kept fresh, and changes that; offers the list where it has changed under the pointer. */
export function LiveMark({ live, setLive, list }: LiveMarkProps): ReactElement {
  const { t } = useConsole();
  return (
    <span className="identities-inline">
      {list?.changed && (
        <Button variant="link" size="sm" onClick={list.show}>
          {t("identities.live.changed")}
        </Button>
      )}
      <Button
        variant="secondary"
        size="sm"
        icon={live ? <SyncIcon aria-hidden /> : <PauseIcon aria-hidden />}
        title={live ? t("identities.live.help") : t("identities.paused.help")}
        onClick={() => {
          setLive(!live);
        }}
      >
        {live ? t("identities.live") : t("identities.paused")}
      </Button>
    </span>
  );
}
