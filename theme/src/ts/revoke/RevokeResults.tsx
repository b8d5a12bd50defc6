import { type ReactElement, useEffect, useRef } from "react";
import type { ApplicationReport, SessionReport } from "../api/types";
import { Text } from "../components/Bits";
import { Note } from "../components/Note";
import { useConsole } from "../hooks/console";
import { useDescribeError } from "../hooks/useDescribeError";
import { Label } from "../pf";
import { isComplete, type Left, type Result } from "./revoke";
import { IDENTITY_PROVIDER, useOutcome } from "./useOutcome";

/** What became of each target, and who knows about it. */
export function RevokeResults({ results, asked }: { results: readonly Result[]; asked: number }): ReactElement {
  const { t } = useConsole();
  const complete = results.filter(isComplete).length;
  const here = useRef<HTMLDivElement>(null);
  // The focused element is gone, and the keyboard must be able to scroll long results.
  useEffect(() => {
    here.current?.focus();
  }, []);
  return (
    <div className="identities-cards" ref={here} tabIndex={0} role="region" aria-label={t("identities.result.title")}>
      {complete === asked ? (
        <Note kind="success" title={t("identities.result.complete")} />
      ) : (
        <Note kind="warning" title={t("identities.result.partial", { complete, asked })}>
          {results.length < asked && t("identities.result.stopped", { count: asked - results.length })}
        </Note>
      )}
      <ul className="identities-targets">
        {[...results]
          .sort((one, other) => Number(isComplete(one)) - Number(isComplete(other)))
          .map((result) => (
            <ResultItem key={`${result.target.user.id} ${result.target.session?.id ?? ""}`} result={result} />
          ))}
      </ul>
    </div>
  );
}

function ResultItem({ result }: { result: Result }): ReactElement {
  const { t, words } = useConsole();
  const describe = useDescribeError();
  const { account, left, reports, sessions, target } = result;
  const counts = (status: SessionReport["status"]) => reports.filter((report) => report.status === status).length;
  const [revoked, gone, failed] = [counts("revoked"), counts("already_gone"), counts("failed")];
  const leftLine = (some: Left) => {
    if ("error" in some) {
      return t("identities.result.left.unknown", { why: describe(some.error) });
    }
    const { count, more } = some;
    if (more) {
      return t("identities.result.left.more", { count });
    }
    return count > 0 && t("identities.result.left", { count });
  };
  const lines = [
    account &&
      (account.done
        ? t("identities.result.disabled")
        : t("identities.result.notDisabled", { why: describe(account.error) })),
    !sessions.done && t("identities.result.notRevoked", { why: describe(sessions.error) }),
    sessions.done && reports.length === 0 && t("identities.result.wasOver"),
    revoked > 0 && t("identities.result.revoked", { count: revoked }),
    gone > 0 && t("identities.result.gone", { count: gone }),
    failed > 0 && t("identities.result.failed", { count: failed }),
    left && leftLine(left),
  ].filter((line): line is string => typeof line === "string");
  const parties = distinct(reports);
  const untold = parties.filter(
    ({ party, status }) => status === "cannot_tell" && !party.startsWith(IDENTITY_PROVIDER),
  );
  // One says of itself what many say together.
  const silent = untold.length > 1 ? untold : [];
  return (
    <li>
      {!isComplete(result) && (
        <Label color="red" isCompact>
          {t("identities.result.incomplete")}
        </Label>
      )}{" "}
      <span className="identities-names">
        <strong>
          <Text>{words.person(target.user)}</Text>
        </strong>
        {target.session && <Text>{words.device(target.session.browser_session.user_agent)}</Text>}
      </span>
      <ul className="identities-points">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {parties
          .filter((report) => !silent.includes(report))
          .map((report) => (
            <PartyLine key={`${report.party} ${report.status}`} report={report} />
          ))}
        {silent.length > 0 && <SilentLine reports={silent} />}
      </ul>
    </li>
  );
}

/** Many that cannot be notified are counted first, and named on demand. */
function SilentLine({ reports }: { reports: readonly ApplicationReport[] }): ReactElement {
  const { t, words } = useConsole();
  return (
    <li>
      <details>
        <summary>{t("identities.outcome.cannotTell.several", { count: reports.length })}</summary>
        <bdi>{words.list(reports.map((report) => words.party(report)))}</bdi>
      </details>
    </li>
  );
}

function PartyLine({ report }: { report: ApplicationReport }): ReactElement {
  const { words } = useConsole();
  const outcomeOf = useOutcome();
  return (
    <li>
      <Text>{words.party(report)}</Text>: {outcomeOf(report)}
    </li>
  );
}

/** An application that several of the sessions reached is named once for each thing that happened. */
function distinct(reports: readonly SessionReport[]): ApplicationReport[] {
  const all = reports.flatMap((report) => report.applications);
  return [...new Map(all.map((report) => [`${report.party} ${report.status}`, report])).values()];
}
