import { type ReactElement, useCallback, useEffect, useRef, useState } from "react";
import { hasStatus } from "../api/http";
import type { BulkProgress, BulkReport, DryRun } from "../api/types";
import { Loading } from "../components/Frame";
import { Note } from "../components/Note";
import { useConsole } from "../hooks/console";
import { useDescribeError } from "../hooks/useDescribeError";
import { Button, Checkbox, Modal, Progress } from "../pf";
import { BulkQuestion } from "./BulkQuestion";
import { BulkResult } from "./BulkResult";

interface BulkDialogProps {
  /** Empty for every session of the realm. */
  filter: string;
  /** Gets whether something may have been ended. */
  onClose: (changed: boolean) => void;
}

/** Where the dialog is, with what it knows there. */
type Phase =
  | { at: "everything" }
  | { at: "counting" }
  | { at: "asking"; counted: DryRun }
  | { at: "running"; counted: DryRun; progress: BulkProgress }
  | { at: "done"; report: BulkReport }
  // The call has no result: it was stopped, or failed. What it has reported until then is ended.
  | { at: "broken"; error: unknown; stopped: boolean; progress: BulkProgress | undefined };

/** Counts the sessions that match, asks, ends them, and says what became of them. */
export function BulkDialog({ filter, onClose }: BulkDialogProps): ReactElement {
  const { identities, t, words } = useConsole();
  const describe = useDescribeError();
  const [all, setAll] = useState(false);
  const [phase, setPhase] = useState<Phase>(filter === "" ? { at: "everything" } : { at: "counting" });
  const [reason, setReason] = useState("");
  const [includeSelf, setIncludeSelf] = useState(false);
  const [changed, setChanged] = useState(false);
  const running = useRef<AbortController>();
  const stopped = useRef(false);

  const count = useCallback(
    async (everything: boolean) => {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      setPhase({ at: "counting" });
      try {
        setPhase({ at: "asking", counted: await identities.dryRun(filter, everything, signal) });
      } catch (error) {
        if (!signal.aborted) {
          // A filter that every session passes needs the same consent as none.
          setPhase(
            !everything && wantsConsent(error)
              ? { at: "everything" }
              : { at: "broken", error, stopped: false, progress: undefined },
          );
        }
      }
    },
    [identities, filter],
  );
  useEffect(() => {
    if (filter !== "") {
      void count(false);
    }
    return () => running.current?.abort();
  }, [count, filter]);

  const run = async (counted: DryRun) => {
    const { signal } = (running.current = new AbortController());
    let progress: BulkProgress = { done: 0, of: counted.sessions };
    stopped.current = false;
    setChanged(true);
    setPhase({ at: "running", counted, progress });
    try {
      const report = await identities.revokeMatching(
        { filter, all, ticket: counted.ticket, reason: reason.trim(), includeSelf },
        (now) => {
          progress = now;
          setPhase({ at: "running", counted, progress });
        },
        signal,
      );
      setPhase({ at: "done", report });
    } catch (error) {
      setPhase({ at: "broken", error, stopped: stopped.current, progress });
    }
  };
  const stop = () => {
    stopped.current = true;
    running.current?.abort();
  };
  const leave = () => {
    onClose(changed);
  };
  const cancel = (
    <Button key="cancel" variant="link" onClick={leave}>
      {t("identities.cancel")}
    </Button>
  );
  const again = (label: string) => (
    <Button key="again" variant="danger" onClick={() => void count(all)}>
      {label}
    </Button>
  );
  const close = (
    <Button key="close" variant="primary" onClick={leave}>
      {t("identities.close")}
    </Button>
  );
  const actions = () => {
    switch (phase.at) {
      case "everything":
        return [
          <Button key="count" isDisabled={!all} onClick={() => void count(true)}>
            {t("identities.bulk.count")}
          </Button>,
          cancel,
        ];
      case "counting":
        return [cancel];
      case "asking": {
        const { sessions, users, reason_required: needsReason } = phase.counted;
        const values = { sessions: t("identities.count.sessions", { count: sessions }) };
        return [
          <Button
            key="revoke"
            variant="danger"
            isDisabled={sessions === 0 || (needsReason && reason.trim() === "")}
            onClick={() => void run(phase.counted)}
          >
            {t("identities.revoke.people", { ...values, people: t("identities.count.people", { count: users }) })}
          </Button>,
          cancel,
        ];
      }
      case "running":
        return [
          <Button key="stop" variant="secondary" onClick={stop}>
            {t("identities.stop")}
          </Button>,
        ];
      case "done":
        return isComplete(phase.report) ? [close] : [again(t("identities.bulk.rest")), close];
      case "broken":
        return [again(t("identities.bulk.recount")), close];
    }
  };
  const isOver = phase.at === "done" || phase.at === "broken";
  return (
    <Modal
      isOpen
      variant="medium"
      showClose={false}
      title={isOver ? t("identities.result.title") : t("identities.bulk.title")}
      titleIconVariant={isOver ? "info" : "warning"}
      titleLabel={isOver ? t("identities.info") : t("identities.warning")}
      // Pinned: a long list does not scroll it away.
      description={
        phase.at === "asking" &&
        phase.counted.includes_caller && (
          <Note
            kind="warning"
            title={includeSelf ? t("identities.revoke.own.session") : t("identities.bulk.own.leftOut")}
          />
        )
      }
      onClose={phase.at === "running" ? stop : leave}
      actions={actions()}
    >
      {phase.at === "everything" && (
        <div className="identities-cards">
          <Note kind="danger" title={t("identities.bulk.everything")} />
          <Checkbox
            id="identities-bulk-all"
            label={t("identities.bulk.everything.confirm")}
            isChecked={all}
            onChange={(_event, checked) => {
              setAll(checked);
            }}
          />
        </div>
      )}
      {phase.at === "counting" && (
        <>
          <p>{t("identities.bulk.counting")}</p>
          <Loading />
        </>
      )}
      {phase.at === "asking" && (
        <BulkQuestion
          filter={filter}
          counted={phase.counted}
          reason={reason}
          onReason={setReason}
          includeSelf={includeSelf}
          onIncludeSelf={setIncludeSelf}
        />
      )}
      {phase.at === "running" && (
        <Progress
          title={t("identities.revoke.running")}
          value={phase.progress.done}
          max={Math.max(phase.progress.of, 1)}
          label={`${words.number(phase.progress.done)} / ${words.number(phase.progress.of)}`}
          valueText={`${words.number(phase.progress.done)} / ${words.number(phase.progress.of)}`}
        />
      )}
      {phase.at === "done" && <BulkResult report={phase.report} />}
      {phase.at === "broken" && (
        <div role="alert">
          <Note
            kind={phase.stopped ? "warning" : "danger"}
            title={phase.stopped ? t("identities.bulk.stopped") : t("identities.bulk.failed")}
          >
            {!phase.stopped && <p>{outcomeOf(phase.error)}</p>}
            {phase.progress && phase.progress.done > 0 && (
              <p>
                {t("identities.bulk.until", {
                  done: words.number(phase.progress.done),
                  of: words.number(phase.progress.of),
                })}
              </p>
            )}
          </Note>
        </div>
      )}
    </Modal>
  );

  /** The server keeps its word about what was counted: a ticket that is used or old needs another count. */
  function outcomeOf(error: unknown): string {
    return hasStatus(error, 409) ? t("identities.bulk.ticket", { message: (error as Error).message }) : describe(error);
  }
}

function isComplete({ failed, more, new: others }: BulkReport): boolean {
  return failed.length === 0 && !more && others === 0;
}

/** Whether the server asks for `"all":true`. */
function wantsConsent(error: unknown): boolean {
  return hasStatus(error, 400) && (error as Error).message.includes('"all"');
}
