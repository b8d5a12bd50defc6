import type { Client, IdentityProvider, Session, User } from "./api/types";

/** How the server names an application that the administrator may not view. */
export const HIDDEN = "(hidden)";

/**
 * A person with all that is known of their applications and identity providers. The server's own lists in a person are
 * those of a bounded number of sessions (`RECENT_SESSIONS`).
 *
 * @param sessions of this person
 */
export function completed(user: User, sessions: readonly Session[]): User {
  const clients = [...user.clients, ...sessions.flatMap((session) => session.clients)];
  const providers = [...user.identity_providers, ...sessions.map((session) => session.identity_provider)];
  return { ...user, clients: [...merged(clients), ...hiddenIn(user)], identity_providers: distinct(providers) };
}

/** The applications that may be viewed, each once, used last first. Times are in one form, and compare as text. */
function merged(clients: readonly Client[]): Client[] {
  const byId = new Map<string, Client>();
  for (const client of clients.filter(({ client_id: id }) => id !== HIDDEN)) {
    const known = byId.get(client.client_id) ?? client;
    byId.set(client.client_id, {
      ...known,
      started_at: known.started_at < client.started_at ? known.started_at : client.started_at,
      last_active: known.last_active > client.last_active ? known.last_active : client.last_active,
    });
  }
  return [...byId.values()].sort((one, other) => other.last_active.localeCompare(one.last_active));
}

/** Those of different sessions may be the same: nothing tells them apart. So these are the server's own only. */
function hiddenIn(user: User): Client[] {
  return user.clients.filter(({ client_id: id }) => id === HIDDEN);
}

function distinct(providers: readonly IdentityProvider[]): IdentityProvider[] {
  return [...new Map(providers.map((provider) => [provider.alias, provider])).values()];
}
