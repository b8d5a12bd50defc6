import "@patternfly/react-styles/css/components/Tabs/tabs.css";
import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import { usePermissions } from "../hooks/usePermissions";
import { allSessions, allUsers, hashOf, type Route } from "../routes";

/** The sides of the page; for most administrators without the settings. They are links, and have an address each. */
export function PageTabs({ active }: { active: Route["page"] }): ReactElement {
  const { realm, t } = useConsole();
  const { manageRealm } = usePermissions();
  const tabs: readonly (readonly [Route, string])[] = [
    [allUsers, t("identities.tabs.people")],
    [allSessions, t("identities.sessions")],
    ...(manageRealm ? [[{ page: "settings" }, t("identities.tabs.settings")] as const] : []),
  ];
  return (
    <nav className="pf-v5-c-tabs pf-m-page-insets identities-tabs" aria-label={t("identities.tabs")}>
      <ul className="pf-v5-c-tabs__list">
        {tabs.map(([route, label]) => {
          const current = route.page === active;
          return (
            <li key={route.page} className={`pf-v5-c-tabs__item${current ? " pf-m-current" : ""}`}>
              <a
                className="pf-v5-c-tabs__link"
                href={hashOf(realm, route)}
                {...(current ? { "aria-current": "page" } : {})}
              >
                <span className="pf-v5-c-tabs__item-text">{label}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
