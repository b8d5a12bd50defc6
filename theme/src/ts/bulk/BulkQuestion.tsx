import { type ReactElement, useEffect, useRef } from "react";
import type { DryRun } from "../api/types";
import { Facts } from "../components/Facts";
import { Time } from "../components/Bits";
import { Note } from "../components/Note";
import { useConsole } from "../hooks/console";
import { Checkbox, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "../pf";
import { Effects } from "../revoke/Effects";
import { REASON_LENGTH } from "../revoke/RevokeQuestion";
import { targetOf } from "../revoke/target";
import { TargetList } from "../revoke/TargetList";

interface BulkQuestionProps {
  filter: string;
  counted: DryRun;
  reason: string;
  onReason: (reason: string) => void;
  includeSelf: boolean;
  onIncludeSelf: (include: boolean) => void;
}

/** The question before all that match are ended: how many, whose, some of them, and the effects. */
export function BulkQuestion(props: BulkQuestionProps): ReactElement {
  const { filter, counted, reason, onReason, includeSelf, onIncludeSelf } = props;
  const { t, words } = useConsole();
  const first = useRef<HTMLDivElement>(null);
  // Else the dialog would scroll to its first field, which stands below.
  useEffect(() => {
    first.current?.focus();
  }, []);
  const providers = Object.entries(counted.identity_providers).sort(([, one], [, other]) => other - one);
  const sample = counted.sample.map(targetOf);
  return (
    <div className="identities-cards">
      <div ref={first} tabIndex={0} role="region" aria-label={t("identities.revoke.targets")}>
        <Facts
          facts={[
            [t("identities.sessions"), words.number(counted.sessions)],
            [t("identities.bulk.people"), words.number(counted.users)],
            [t("identities.applications"), words.number(counted.applications)],
            [
              t("identities.identityProvider"),
              <ul>
                {providers.map(([alias, sessions]) => (
                  <li key={alias}>
                    <bdi>{alias || t("identities.bulk.ownAccounts")}</bdi>: {words.number(sessions)}
                  </li>
                ))}
              </ul>,
            ],
            [t("identities.bulk.asOf"), <Time at={counted.as_of} exact />],
            [
              t("identities.filter"),
              filter ? <bdi className="identities-raw">{filter}</bdi> : t("identities.bulk.everything.short"),
            ],
          ]}
        />
        {counted.more && <Note kind="warning" title={t("identities.bulk.more", { count: counted.sessions })} />}
        {counted.forbidden > 0 && <p>{t("identities.bulk.forbidden", { count: counted.forbidden })}</p>}
        {sample.length > 0 && (
          <details open={sample.length === counted.sessions}>
            <summary>{t("identities.bulk.sample", { count: sample.length })}</summary>
            <TargetList targets={sample} own={sample.filter(({ session }) => session?.current)} />
          </details>
        )}
      </div>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        {counted.includes_caller && (
          <Checkbox
            id="identities-bulk-self"
            label={t("identities.bulk.own")}
            isChecked={includeSelf}
            onChange={(_event, checked) => {
              onIncludeSelf(checked);
            }}
          />
        )}
        <Effects count={counted.sessions} wholePeople={false} offline={false} disable={false} />
        <FormGroup
          label={counted.reason_required ? t("identities.bulk.reason") : t("identities.revoke.reason")}
          fieldId="identities-reason"
          isRequired={counted.reason_required}
        >
          <TextInput
            id="identities-reason"
            maxLength={REASON_LENGTH}
            isRequired={counted.reason_required}
            value={reason}
            onChange={(_event, text) => {
              onReason(text);
            }}
          />
          {counted.reason_required && (
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t("identities.bulk.reason.required")}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          )}
        </FormGroup>
      </Form>
    </div>
  );
}
