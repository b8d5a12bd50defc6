import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import type { ProviderOption } from "../hooks/useIdentityProviders";
import { FormSelect, FormSelectOption } from "../pf";

interface ProviderFilterProps {
  /** The alias of the one that is chosen; empty for all. */
  alias: string;
  providers: readonly ProviderOption[];
  onChange: (alias: string) => void;
}

/** Narrows a list to those for whom one identity provider vouches; shows nothing where there are none. */
export function ProviderFilter({ alias, providers, onChange }: ProviderFilterProps): ReactElement | null {
  const { t } = useConsole();
  if (providers.length === 0 && !alias) {
    return null;
  }
  const isKnown = alias === "" || providers.some((provider) => provider.alias === alias);
  return (
    <FormSelect
      aria-label={t("identities.identityProvider")}
      className="identities-filter"
      value={alias}
      onChange={(_event, chosen) => {
        onChange(chosen);
      }}
    >
      <FormSelectOption value="" label={t("identities.identityProvider.any")} />
      {!isKnown && <FormSelectOption value={alias} label={alias} />}
      {providers.map((provider) => (
        <FormSelectOption key={provider.alias} value={provider.alias} label={provider.name} />
      ))}
    </FormSelect>
  );
}
