import { type ReactElement, useEffect, useRef } from "react";
import type { BulkReport } from "../api/types";
import { Text } from "../components/Bits";
import { Note } from "../components/Note";
import { useConsole } from "../hooks/console";
import { useOutcome } from "../revoke/useOutcome";
import { partiesOf } from "./parties";

/** So many failures are named. */
const NAMED = 20;

/** What became of all that matched, and which applications know of it. */
export function BulkResult({ report }: { report: BulkReport }): ReactElement {
  const { t, words } = useConsole();
  const outcomeOf = useOutcome();
  const here = useRef<HTMLDivElement>(null);
  // The focused element is gone, and the keyboard must be able to scroll long results.
  useEffect(() => {
    here.current?.focus();
  }, []);
  const failed = report.failed.length;
  const lines = [
    report.ended > 0 && t("identities.result.revoked", { count: report.ended }),
    report.already_gone > 0 && t("identities.result.gone", { count: report.already_gone }),
    report.no_longer_matching > 0 && t("identities.bulk.noLonger", { count: report.no_longer_matching }),
    report.new > 0 && t("identities.bulk.new", { count: report.new }),
    report.forbidden > 0 && t("identities.bulk.forbidden", { count: report.forbidden }),
    failed > 0 && t("identities.result.failed", { count: failed }),
    report.caller_left_out && t("identities.bulk.own.leftOut"),
    report.more && t("identities.bulk.moreLeft"),
  ].filter((line): line is string => typeof line === "string");
  const parties = partiesOf(report.reports);
  return (
    <div className="identities-cards" ref={here} tabIndex={0} role="region" aria-label={t("identities.result.title")}>
      {failed === 0 ? (
        <Note kind="success" title={t("identities.result.complete")} />
      ) : (
        <Note
          kind="warning"
          title={t("identities.result.partial", {
            complete: words.number(report.ended),
            asked: words.number(report.ended + failed),
          })}
        />
      )}
      <ul className="identities-points">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {failed > 0 && (
        <details>
          <summary>{t("identities.bulk.failures")}</summary>
          <ul className="identities-points">
            {report.failed.slice(0, NAMED).map(({ id, message }) => (
              <li key={id}>
                <bdi className="identities-raw">{id}</bdi>: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
      {parties.length > 0 && (
        <>
          <h2 className="identities-heading">{t("identities.applications")}</h2>
          <ul className="identities-points">
            {parties.map(({ report: party, sessions }) => (
              <li key={`${party.party} ${party.status}`}>
                <Text>{words.party(party)}</Text>: {outcomeOf(party)} (
                {t("identities.count.sessions", { count: sessions })})
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
