import { useCallback, useMemo } from "react";
import type { IdentityProvider } from "../api/types";
import { useConsole } from "./console";
import { usePermissions } from "./usePermissions";
import { useResource } from "./useResource";

export interface ProviderOption {
  alias: string;
  name: string;
}

/**
 * The identity providers that a list can be narrowed to: all of the realm's where the administrator may see them, else
 * those that the rows show. The realm itself, whose alias is empty, is none of them.
 */
export function useIdentityProviders(shown: readonly IdentityProvider[]): ProviderOption[] {
  const { keycloak, words } = useConsole();
  const { viewIdentityProviders } = usePermissions();
  const { data } = useResource(
    useCallback(
      (signal: AbortSignal) =>
        viewIdentityProviders ? keycloak.identityProviders(signal) : Promise.resolve(undefined),
      [keycloak, viewIdentityProviders],
    ),
  );
  return useMemo(() => {
    const options = data
      ? data.map(({ alias, displayName }) => ({ alias, name: displayName ?? alias }))
      : shown.map((provider) => ({ alias: provider.alias, name: words.provider(provider) }));
    return [...new Map(options.filter(({ alias }) => alias).map((option) => [option.alias, option])).values()];
  }, [data, shown, words]);
}
