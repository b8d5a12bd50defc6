import type { ReactElement } from "react";
import type { Session } from "../api/types";
import { useConsole } from "../hooks/console";
import { Label } from "../pf";
import { Signals } from "./Signals";

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
      {session.suspended && (
        <Label color="red" isCompact>
          {words.suspension(session.suspended)}
        </Label>
      )}{" "}
      {signIn && (
        <Label color={session.impersonator ? "orange" : "gold"} isCompact>
          <bdi>{signIn}</bdi>
        </Label>
      )}{" "}
      <Signals
        // Who impersonates says more than that somebody does.
        codes={session.signals?.filter((code) => code !== "impersonated" || !session.impersonator)}
        details={session.signal_details}
      />
    </>
  );
}
