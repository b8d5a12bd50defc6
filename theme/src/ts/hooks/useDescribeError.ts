import { useCallback } from "react";
import { ApiError } from "../api/http";
import { SignInRequired } from "../auth/authorization";
import { useConsole } from "./console";

/** Says in the administrator's words why the server did not do something. */
export function useDescribeError(): (error: unknown) => string {
  const { t } = useConsole();
  return useCallback(
    (error: unknown) => {
      if (error instanceof SignInRequired) {
        return t("identities.signIn.why");
      }
      if (!(error instanceof ApiError)) {
        return t("identities.error.unreachable");
      }
      switch (error.status) {
        case 403:
          return t("identities.error.notPermitted");
        case 404:
          return t("identities.error.gone");
        case 409:
          return t("identities.error.onlyOfflineLeft");
        case 503:
          return t("identities.error.notAll");
        default:
          return t("identities.error.server", { status: error.status, message: error.message });
      }
    },
    [t],
  );
}
