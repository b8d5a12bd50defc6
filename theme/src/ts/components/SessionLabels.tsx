import type { ReactElement } from "react";
import type { Session } from "../api/types";
import { useConsole } from "../hooks/console";
import { Label } from "../pf";

/** Labels for the special properties of a session. */
export function SessionLabels({ session }: { session: Session }): ReactElement {
  const { t, words } = useConsole();
  const signIn = words.signIn(session);
  return (
    <>
      {session.current && (
        <Label color="blue" isCompact>
          {t("identities.session.current")}
        </Label>
      )}{" "}
      {session.kind === "offline" && (
        <Label color="purple" isCompact>
          {t("identities.session.offline")}
        </Label>
      )}{" "}
      {signIn && (
        <Label color={session.impersonator ? "orange" : "gold"} isCompact>
          <bdi>{signIn}</bdi>
        </Label>
      )}
    </>
  );
}
