import { useCallback } from "react";
import type { ApplicationReport } from "../api/types";
import { useConsole } from "../hooks/console";

/** What the server's report puts in front of the alias of an identity provider. */
export const IDENTITY_PROVIDER = "idp:";

/** Says in words whether an application, or an identity provider, knows that a session is over. */
export function useOutcome(): (report: ApplicationReport) => string {
  const { t } = useConsole();
  return useCallback(
    ({ party, status }: ApplicationReport) => {
      // An identity provider is asked; whether it signed the person out, it does not say.
      const isAsked = party.startsWith(IDENTITY_PROVIDER);
      return {
        confirmed: isAsked ? t("identities.outcome.asked") : t("identities.outcome.confirmed"),
        pending: t("identities.outcome.pending"),
        failed: t("identities.outcome.failed"),
        cannot_tell: isAsked ? t("identities.outcome.cannotAsk") : t("identities.outcome.cannotTell"),
      }[status];
    },
    [t],
  );
}
