import PauseIcon from "@patternfly/react-icons/dist/esm/icons/pause-circle-icon";
import SyncIcon from "@patternfly/react-icons/dist/esm/icons/sync-alt-icon";
import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import type { Live } from "../hooks/useLive";
import { Button } from "../pf";

/** Says whether what is shown is kept fresh, and changes that. */
export function LiveMark({ live, setLive }: Live): ReactElement {
  const { t } = useConsole();
  return (
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
  );
}
