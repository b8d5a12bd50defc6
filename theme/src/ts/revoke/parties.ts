import type { Words } from "../words";
import type { Target } from "./target";

/** What the server's report puts in front of the alias of an identity provider. */
export const IDENTITY_PROVIDER = "idp:";

/** The names of those who may be told about a target's end, by what the server's report calls them. */
export function namesOf({ user, session }: Target, words: Words): Map<string, string> {
  const clients = session?.clients ?? user.clients;
  const providers = session ? [session.identity_provider] : user.identity_providers;
  return new Map([
    ...clients.map((client): [string, string] => [client.client_id, words.application(client)]),
    ...providers.map((provider): [string, string] => [
      `${IDENTITY_PROVIDER}${provider.alias}`,
      words.provider(provider),
    ]),
  ]);
}
