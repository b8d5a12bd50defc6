import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import { FormSelect, FormSelectOption } from "../pf";
import type { ListRoute, ListView } from "../routes";
import { valueIn, withValue } from "./facets";
import type { Offered } from "./FilterBar";

/** Stands for the realm's own accounts. No alias holds a bracket. */
const OWN = "(own)";

interface ProviderFilterProps {
  route: ListRoute;
  offered: Offered;
  onChange: (change: Partial<ListView>) => void;
}

/**
 * Narrows a list to those for whom one identity provider vouches, or none; shows nothing where there are none. People by
 * provider are a list of its own to the server; sessions, and the realm's own accounts, are found by the filter.
 */
export function ProviderFilter({ route, offered, onChange }: ProviderFilterProps): ReactElement | null {
  const { t } = useConsole();
  const filter = route.filter ?? "";
  const inFilter = valueIn(route.page, filter, "provider");
  const alias = inFilter ?? route.identityProvider;
  const isOwn = inFilter === "";
  if (offered.providers.length === 0 && !alias && !isOwn) {
    return null;
  }
  const isKnown = alias === "" || offered.providers.some((provider) => provider.alias === alias);
  const choose = (chosen: string) => {
    const isPeopleByProvider = route.page === "users" && chosen !== OWN;
    const value = chosen === OWN ? "" : chosen === "" || isPeopleByProvider ? undefined : chosen;
    const expression = withValue(route.page, filter, "provider", value);
    onChange({
      identityProvider: isPeopleByProvider ? chosen : "",
      filter: expression === "" ? undefined : expression,
    });
  };
  return (
    <FormSelect
      aria-label={t("identities.identityProvider")}
      className="identities-filter"
      value={isOwn ? OWN : alias}
      onChange={(_event, chosen) => {
        choose(chosen);
      }}
    >
      <FormSelectOption value="" label={t("identities.identityProvider.any")} />
      <FormSelectOption value={OWN} label={t("identities.identityProvider.own", { name: offered.own })} />
      {!isKnown && <FormSelectOption value={alias} label={alias} />}
      {offered.providers.map((provider) => (
        <FormSelectOption key={provider.alias} value={provider.alias} label={provider.name} />
      ))}
    </FormSelect>
  );
}
