import { useCallback } from "react";
import { useConsole } from "../hooks/console";
import { undirected } from "../text";
import type { Condition } from "./facets";
import type { Offered } from "./FilterBar";

/** Says in words what a condition demands, for example "Country: Germany". */
export function useChipWords(offered: Offered): (condition: Condition) => string {
  const { t, words } = useConsole();
  return useCallback(
    ({ facet, value }: Condition): string => {
      const named = (label: string, text = value) =>
        t("identities.filter.condition", { label, value: undirected(text) });
      const length = words.length(value);
      switch (facet) {
        case "other":
          return value;
        case "person":
        case "personName":
          return named(t("identities.user"));
        case "userId":
        case "userIdPart":
          return named(t("identities.user.id"));
        case "address":
          return named(t("identities.address"));
        case "network":
          return named(t("identities.network"));
        case "sessionId":
        case "sid":
          return named(t("identities.session.id"));
        case "uuid":
          return named(t("identities.id"));
        case "provider": {
          const known = offered.providers.find(({ alias }) => alias === value);
          const name = value === "" ? t("identities.identityProvider.own", { name: offered.own }) : known?.name;
          return named(t("identities.identityProvider"), name);
        }
        case "application":
          return named(t("identities.application"), offered.applications.find(({ id }) => id === value)?.name);
        case "country":
          return named(t("identities.place.country"), words.region(value));
        case "browser":
          return named(t("identities.device.browser"));
        case "deviceType":
          return named(t("identities.device.type"), words.deviceType(value));
        case "kind":
          return named(
            t("identities.session.kind"),
            value === "offline" ? t("identities.session.offline") : t("identities.session.online"),
          );
        case "startedAfter":
          return named(t("identities.started"), t("identities.age.within", { length }));
        case "startedBefore":
          return named(t("identities.started"), t("identities.age.before", { length }));
        case "activeAfter":
          return named(t("identities.lastActive"), t("identities.age.within", { length }));
        case "activeBefore":
          return named(t("identities.lastActive"), t("identities.age.before", { length }));
      }
    },
    [t, words, offered],
  );
}
