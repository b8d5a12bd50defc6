import type { ReactElement } from "react";
import { NotPermitted } from "../components/Failure";
import { Frame } from "../components/Frame";
import { Loaded } from "../components/Loaded";
import { PageTabs } from "../components/PageTabs";
import { Section } from "../components/Section";
import { useConsole } from "../hooks/console";
import { usePermissions } from "../hooks/usePermissions";
import { Card, CardBody, CardTitle } from "../pf";
import { ClientAccess } from "./ClientAccess";
import { ProviderAccess } from "./ProviderAccess";
import { RealmSettings } from "./RealmSettings";

/** The settings of a realm. */
export function SettingsPage(): ReactElement {
  const { t, whoAmI } = useConsole();
  return (
    <Frame title={t("identities.title")} navigation={<PageTabs active="settings" />}>
      <Section>
        <Loaded resource={whoAmI}>{() => <Settings />}</Loaded>
      </Section>
    </Frame>
  );
}

function Settings(): ReactElement {
  const { t } = useConsole();
  const { manageClients, manageIdentityProviders, manageRealm } = usePermissions();
  if (!manageRealm) {
    return <NotPermitted />;
  }
  return (
    <div className="identities-cards">
      <Card>
        <CardTitle component="h2">{t("identities.settings.clients")}</CardTitle>
        <CardBody>{manageClients ? <ClientAccess /> : t("identities.settings.clients.notPermitted")}</CardBody>
      </Card>
      {manageIdentityProviders && (
        <Card>
          <CardTitle component="h2">{t("identities.settings.providers")}</CardTitle>
          <CardBody>
            <ProviderAccess />
          </CardBody>
        </Card>
      )}
      <Card>
        <CardTitle component="h2">{t("identities.settings.realm")}</CardTitle>
        <CardBody>
          <RealmSettings />
        </CardBody>
      </Card>
    </div>
  );
}
