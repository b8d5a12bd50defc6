import { useCallback, useMemo } from "react";
import type { Session } from "../api/types";
import { HIDDEN } from "../applications";
import { useConsole } from "../hooks/console";
import { useIdentityProviders } from "../hooks/useIdentityProviders";
import { usePermissions } from "../hooks/usePermissions";
import { useResource } from "../hooks/useResource";
import { undirected } from "../text";
import type { Client, IdentityProvider } from "../api/types";
import type { Offered } from "./FilterBar";

/** Browsers that are offered before a row shows them, by the names that the server gives them. */
const BROWSERS = ["Chrome", "Chrome Mobile", "Edge", "Firefox", "Mobile Safari", "Opera", "Safari", "Samsung Internet"];

/** So many applications are offered of those that the administrator may see. */
const APPLICATIONS = 100;

/** What the filters offer: all of the realm as far as the administrator may see it, and what the rows show. */
export function useOffered(rows: {
  sessions: readonly (Session | null)[];
  providers: readonly IdentityProvider[];
  clients: readonly Client[];
}): Offered {
  const { keycloak, realm } = useConsole();
  const { viewClients } = usePermissions();
  const { data: clients } = useResource(
    useCallback(
      (signal: AbortSignal) => (viewClients ? keycloak.clients("", 0, APPLICATIONS, signal) : Promise.resolve([])),
      [keycloak, viewClients],
    ),
  );
  const { options: providers, isComplete } = useIdentityProviders(rows.providers);
  return useMemo(() => {
    const known = [
      ...(clients ?? []).map(({ clientId, name }) => ({ id: clientId, name: nameOf(clientId, name) })),
      ...rows.clients.map(({ client_id: id, name }) => ({ id, name: nameOf(id, name) })),
    ].filter(({ id }) => id !== HIDDEN);
    const browsers = rows.sessions.map((session) => session?.browser_session.user_agent.browser_name ?? "");
    return {
      providers,
      noProviders: isComplete && providers.length === 0,
      own: rows.providers.find(({ alias }) => alias === "")?.name ?? realm,
      applications: [...new Map(known.map((one) => [one.id, one])).values()].sort((one, other) =>
        one.name.localeCompare(other.name),
      ),
      browsers: [...new Set([...BROWSERS, ...browsers.filter((name) => name !== "" && name !== "Other")])].sort(),
    };
  }, [clients, providers, isComplete, rows, realm]);
}

/** Keycloak's own clients are named by keys of the console's texts, which say less than the id. */
function nameOf(id: string, name: string | undefined): string {
  return undirected(name && !/^\$\{.*\}$/.test(name) ? name : id);
}
