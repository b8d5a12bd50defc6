import { type ReactElement, useRef, useState } from "react";
import { Note } from "../components/Note";
import { useConsole } from "../hooks/console";
import { Button, Modal, Progress } from "../pf";
import { type Decision, isComplete, type Result, revoke } from "./revoke";
import { RevokeQuestion } from "./RevokeQuestion";
import { RevokeResults } from "./RevokeResults";
import { countOf, isOwn, type Target } from "./target";

interface RevokeDialogProps {
  targets: readonly Target[];
  /** Gets the targets that are done; undefined where nothing was tried. */
  onClose: (done: readonly Target[] | undefined) => void;
}

/** Asks, ends one target after the other, and says what became of each. */
export function RevokeDialog({ targets, onClose }: RevokeDialogProps): ReactElement {
  const { identities, keycloak, realm, t, whoAmI } = useConsole();
  const [decision, setDecision] = useState<Decision>({ reason: "", disable: false });
  const [phase, setPhase] = useState<"asking" | "running" | "done">("asking");
  const [results, setResults] = useState<readonly Result[]>([]);
  const stopped = useRef(false);

  const own = targets.filter((target) => isOwn(target, whoAmI.data, realm));
  const others = targets.filter((target) => !own.includes(target));
  const complete = results.filter(isComplete);
  const run = async () => {
    setPhase("running");
    setResults(complete);
    const done = complete.map(({ target }) => target);
    // The administrator's own comes last: what follows it would not be permitted any more.
    for (const target of [...others, ...own].filter((one) => !done.includes(one))) {
      if (stopped.current) {
        break;
      }
      const result = await revoke(target, decision, identities, keycloak);
      setResults((before) => [...before, result]);
    }
    setPhase("done");
  };
  const tryAgain = () => {
    stopped.current = false;
    void run();
  };
  const stop = () => {
    stopped.current = true;
  };
  const leave = () => {
    onClose(phase === "done" ? complete.map(({ target }) => target) : undefined);
  };

  const revokeLabel = () => {
    if (targets.length === 1) {
      return decision.disable ? t("identities.revoke.andDisable") : t("identities.revoke");
    }
    const count = countOf(targets);
    const sessions = t("identities.count.sessions", { count: count.sessions });
    if (decision.disable) {
      const accounts = t("identities.count.accounts", { count: count.people });
      return t("identities.revoke.people.andDisable", { sessions, accounts });
    }
    return count.people === 1
      ? t("identities.revoke.sessions", { sessions })
      : t("identities.revoke.people", { sessions, people: t("identities.count.people", { count: count.people }) });
  };
  const actions = {
    asking: [
      <Button key="revoke" variant="danger" onClick={() => void run()}>
        {revokeLabel()}
      </Button>,
      <Button key="cancel" variant="link" onClick={leave}>
        {t("identities.cancel")}
      </Button>,
    ],
    running: [
      <Button key="stop" variant="secondary" onClick={stop}>
        {t("identities.stop")}
      </Button>,
    ],
    done: [
      ...(complete.length < targets.length
        ? [
            <Button key="again" variant="danger" onClick={tryAgain}>
              {t("identities.revoke.again", { count: targets.length - complete.length })}
            </Button>,
          ]
        : []),
      <Button key="close" variant="primary" onClick={leave}>
        {t("identities.close")}
      </Button>,
    ],
  };
  return (
    <Modal
      isOpen
      variant="medium"
      showClose={false}
      title={phase === "done" ? t("identities.result.title") : t("identities.revoke.title")}
      titleIconVariant={phase === "done" ? "info" : "warning"}
      titleLabel={phase === "done" ? t("identities.info") : t("identities.warning")}
      // Pinned: a long list of people does not scroll it away.
      description={phase === "asking" && own.length > 0 && <OwnWarning own={own} />}
      onClose={phase === "running" ? stop : leave}
      actions={actions[phase]}
    >
      {phase === "asking" && (
        <RevokeQuestion
          targets={[...own, ...others]}
          own={own}
          isKnown={whoAmI.data !== undefined}
          decision={decision}
          onDecide={setDecision}
        />
      )}
      {phase === "running" && (
        <Progress
          title={t("identities.revoke.running")}
          value={results.length}
          max={targets.length}
          label={`${results.length} / ${targets.length}`}
          valueText={`${results.length} / ${targets.length}`}
        />
      )}
      {phase === "done" && <RevokeResults results={results} asked={targets.length} />}
    </Modal>
  );
}

function OwnWarning({ own }: { own: readonly Target[] }): ReactElement {
  const { t } = useConsole();
  const wholePerson = own.some(({ session }) => session === undefined);
  return (
    <Note kind="warning" title={wholePerson ? t("identities.revoke.own.user") : t("identities.revoke.own.session")} />
  );
}
