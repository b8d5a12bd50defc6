import { type ReactElement, useEffect, useRef, useState } from "react";
import { useConsole } from "../hooks/console";
import { Button, Modal } from "../pf";

/**
 * Asks before something unsaved is left: by a link of ours or of the console, or by the browser's way back. Where the
 * browser itself goes elsewhere it asks by itself, in its own words. Null while there is nothing to ask.
 */
export function useLeaveQuestion(unsaved: boolean): ReactElement | null {
  const [leave, setLeave] = useState<() => void>();
  const isLeaving = useRef(false);
  const opener = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!leave) {
      opener.current?.focus();
    }
  }, [leave]);

  useEffect(() => {
    if (!unsaved) {
      return undefined;
    }
    const here = { address: location.href, state: history.state as unknown };
    const ask = (event: Event, goOn: () => void) => {
      // Before the console's own listeners hear of it.
      event.preventDefault();
      event.stopImmediatePropagation();
      // An open dialog hides this element from screen readers, so it must lose the focus before.
      opener.current = document.activeElement as HTMLElement | null;
      opener.current?.blur();
      setLeave(() => goOn);
    };
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element).closest("a");
      if (!isLeaving.current && link && leadsAway(link, event, here.address)) {
        ask(event, () => {
          link.click();
        });
      }
    };
    const onMove = (event: PopStateEvent) => {
      if (!isLeaving.current && location.href !== here.address) {
        // It has happened, and cannot be kept from happening: so we are put in front of where it led.
        history.pushState(here.state, "", here.address);
        ask(event, () => {
          history.back();
        });
      }
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!isLeaving.current) {
        event.preventDefault();
      }
    };
    document.addEventListener("click", onClick, { capture: true });
    window.addEventListener("popstate", onMove, { capture: true });
    window.addEventListener("beforeunload", onUnload);
    return () => {
      document.removeEventListener("click", onClick, { capture: true });
      window.removeEventListener("popstate", onMove, { capture: true });
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [unsaved]);

  return leave ? (
    <LeaveQuestion
      onLeave={() => {
        isLeaving.current = true;
        setLeave(undefined);
        leave();
      }}
      onStay={() => {
        setLeave(undefined);
      }}
    />
  ) : null;
}

/** A link that opens elsewhere, or leads to where we are, loses nothing. */
function leadsAway(link: HTMLAnchorElement, event: MouseEvent, here: string): boolean {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  return isPlain && link.href !== "" && link.href !== here && link.target !== "_blank";
}

function LeaveQuestion({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }): ReactElement {
  const { t } = useConsole();
  return (
    <Modal
      isOpen
      variant="small"
      showClose={false}
      title={t("identities.settings.leave.title")}
      titleIconVariant="warning"
      titleLabel={t("identities.warning")}
      onClose={onStay}
      actions={[
        <Button key="leave" variant="danger" onClick={onLeave}>
          {t("identities.settings.leave")}
        </Button>,
        <Button key="stay" variant="link" onClick={onStay}>
          {t("identities.cancel")}
        </Button>,
      ]}
    >
      {t("identities.settings.leave.lost")}
    </Modal>
  );
}
