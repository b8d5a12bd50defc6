import { useCallback, useMemo } from "react";
import type { IdentityProvider } from "../api/types";
import { useConsole } from "./console";
import { usePermissions } from "./usePermissions";
import { useResource } from "./useResource";

export interface ProviderOption {
  alias: string;
  name: string;
}

export interface ProviderOptions {
  options: readonly ProviderOption[];
  /** Whether there are no others, as far as can be known. */
  isComplete: boolean;
}

/**
 * The identity providers that a list can be narrowed to: all of the realm's where the administrator may see them, else
 * those that the rows show. The realm itself, whose alias is empty, is none of them.
 */
export function useIdentityProviders(shown: readonly IdentityProvider[]): ProviderOptions {
  const { keycloak, whoAmI, words } = useConsole();
  const { viewIdentityProviders } = usePermissions();
  const { data } = useResource(
    useCallback(
      (signal: AbortSignal) =>
        viewIdentityProviders ? keycloak.identityProviders(signal) : Promise.resolve(undefined),
      [keycloak, viewIdentityProviders],
    ),
  );
  const isComplete = whoAmI.data !== undefined && (data !== undefined || !viewIdentityProviders);
  return useMemo(() => {
    const options = data
      ? data.map(({ alias, displayName }) => ({ alias, name: displayName ?? alias }))
      : shown.map((provider) => ({ alias: provider.alias, name: words.provider(provider) }));
    const known = options.filter(({ alias }) => alias);
    return { options: [...new Map(known.map((option) => [option.alias, option])).values()], isComplete };
  }, [data, shown, words, isComplete]);
}
