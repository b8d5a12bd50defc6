import { type ReactElement, useCallback, useMemo } from "react";
import { IdentitiesApi } from "./api/identities";
import { KeycloakApi } from "./api/keycloak";
import { Guard } from "./components/Guard";
import type { Context } from "./context";
import { ConsoleContext } from "./hooks/console";
import { Tick, useTick } from "./hooks/tick";
import { useHash } from "./hooks/useHash";
import { useResource } from "./hooks/useResource";
import { SessionPage } from "./pages/SessionPage";
import { SessionsPage } from "./pages/SessionsPage";
import { UserPage } from "./pages/UserPage";
import { UsersPage } from "./pages/UsersPage";
import { parseRoute } from "./routes";
import { SettingsPage } from "./settings/SettingsPage";
import { Words } from "./words";

/** All pages; the address says which one is shown. */
export function App({ context }: { context: Context }): ReactElement {
  const parts = useMemo(
    () => ({
      ...context,
      identities: new IdentitiesApi(context),
      keycloak: new KeycloakApi(context),
      words: new Words(context.locale, context.t),
    }),
    [context],
  );
  const whoAmI = useResource(useCallback((signal: AbortSignal) => parts.keycloak.whoAmI(signal), [parts.keycloak]));
  const console = useMemo(() => ({ ...parts, whoAmI }), [parts, whoAmI]);
  const tick = useTick();
  return (
    <ConsoleContext.Provider value={console}>
      <Tick.Provider value={tick}>
        <Guard message={context.t("identities.error.broken")}>
          <CurrentPage />
        </Guard>
      </Tick.Provider>
    </ConsoleContext.Provider>
  );
}

function CurrentPage(): ReactElement | null {
  const route = parseRoute(useHash());
  switch (route?.page) {
    case "users":
      return <UsersPage route={route} />;
    case "sessions":
      return <SessionsPage route={route} />;
    case "user":
      return <UserPage key={route.userId} route={route} />;
    case "session":
      return <SessionPage key={route.sessionId} route={route} />;
    case "settings":
      return <SettingsPage />;
    case undefined:
      return null; // The console is about to take this element away.
  }
}
