import { type ReactElement, useEffect, useRef } from "react";
import { useConsole } from "../hooks/console";
import { Form, FormGroup, Radio, TextInput } from "../pf";
import { Effects } from "./Effects";
import type { Decision } from "./revoke";
import type { Target } from "./target";
import { TargetList } from "./TargetList";

/** As long as the server takes one. */
export const REASON_LENGTH = 255;

interface RevokeQuestionProps {
  /** In the order in which they are shown. */
  targets: readonly Target[];
  /** Those of the administrator. */
  own: readonly Target[];
  /** Whether it is known who the administrator is. */
  isKnown: boolean;
  decision: Decision;
  onDecide: (decision: Decision) => void;
}

/** The question before a revocation: the people, their sessions, and the effects. */
export function RevokeQuestion({ targets, own, isKnown, decision, onDecide }: RevokeQuestionProps): ReactElement {
  const { t } = useConsole();
  const wholePeople = targets.every(({ session }) => session === undefined);
  const first = useRef<HTMLDivElement>(null);
  // Else the dialog would scroll to its first field, which stands below the list.
  useEffect(() => {
    first.current?.focus();
  }, []);
  return (
    <div className="identities-cards">
      {/* Long lists are scrolled through by key. */}
      <div ref={first} tabIndex={0} role="region" aria-label={t("identities.revoke.targets")}>
        <TargetList targets={targets} own={own} />
      </div>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        {/* Nobody is offered to lock himself out. Who has no stored account can be locked out at the provider only. */}
        {wholePeople && isKnown && own.length === 0 && targets.some(({ user }) => user.account !== "transient") && (
          <FormGroup role="radiogroup" isStack label={t("identities.revoke.how")} fieldId="identities-how">
            <Radio
              id="identities-how-revoke"
              name="identities-how"
              label={t("identities.revoke.only")}
              isChecked={!decision.disable}
              onChange={() => {
                onDecide({ ...decision, disable: false });
              }}
            />
            <Radio
              id="identities-how-disable"
              name="identities-how"
              label={t("identities.revoke.andDisable")}
              isChecked={decision.disable}
              onChange={() => {
                onDecide({ ...decision, disable: true });
              }}
            />
          </FormGroup>
        )}
        <Effects
          count={targets.length}
          wholePeople={wholePeople}
          offline={targets.some(({ session }) => session?.kind === "offline")}
          disable={decision.disable}
        />
        <FormGroup label={t("identities.revoke.reason")} fieldId="identities-reason">
          <TextInput
            id="identities-reason"
            maxLength={REASON_LENGTH}
            value={decision.reason}
            onChange={(_event, reason) => {
              onDecide({ ...decision, reason });
            }}
          />
        </FormGroup>
      </Form>
    </div>
  );
}
