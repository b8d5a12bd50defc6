import { useCallback } from "react";
import { ApiError, BAD_FILTER, UNAVAILABLE } from "../api/http";
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
      }
      switch (error.code) {
        case "ERR_NGROK_409":
          return t("identities.error.onlyOfflineLeft");
        case BAD_FILTER:
          return t("identities.error.filter", { message: error.message });
        case UNAVAILABLE:
          return t("identities.error.unavailable");
        default:
          return t("identities.error.server", { status: error.status, message: error.message });
      }
    },
    [t],
  );
}
