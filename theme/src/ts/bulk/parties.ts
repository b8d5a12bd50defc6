import type { ApplicationReport, SessionReport } from "../api/types";

/** An application with an outcome, and the number of sessions that had it. */
export interface PartyOutcome {
  report: ApplicationReport;
  sessions: number;
}

/** Those that need somebody's attention come first. */
const ORDER: readonly ApplicationReport["status"][] = ["failed", "pending", "cannot_tell", "confirmed"];

/** The outcomes per application, each with the number of its sessions. */
export function partiesOf(reports: readonly SessionReport[]): readonly PartyOutcome[] {
  const counted = new Map<string, PartyOutcome>();
  for (const report of reports.flatMap(({ applications }) => applications)) {
    const key = `${report.party} ${report.status}`;
    counted.set(key, { report, sessions: (counted.get(key)?.sessions ?? 0) + 1 });
  }
  return [...counted.values()].sort(
    (one, other) =>
      ORDER.indexOf(one.report.status) - ORDER.indexOf(other.report.status) || other.sessions - one.sessions,
  );
}
