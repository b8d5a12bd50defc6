import type { ReactElement } from "react";
import type { Session } from "../api/types";
import { useConsole } from "../hooks/console";
import { Nothing, Text } from "./Bits";
import { Device } from "./Device";

/** The name of something, which may be unknown. */
export function Known({ children }: { children: string }): ReactElement {
  return children ? <Text>{children}</Text> : <Nothing />;
}

/** Where a session is, and with what. */
export function PlaceAndDevice({ session }: { session: Session | null }): ReactElement {
  const { words } = useConsole();
  if (!session) {
    return <Nothing />;
  }
  const { location, user_agent: userAgent } = session.browser_session;
  return (
    <>
      <Known>{words.place(location)}</Known>
      <div className="identities-quiet">
        <Device userAgent={userAgent} />
      </div>
    </>
  );
}
