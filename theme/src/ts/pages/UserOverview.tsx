import type { ReactElement } from "react";
import { keycloakUserId } from "../api/keycloak";
import type { IdentityProvider, User } from "../api/types";
import { Text, Time } from "../components/Bits";
import { Copyable } from "../components/Copyable";
import { Facts } from "../components/Facts";
import { useConsole } from "../hooks/console";

/** A person's names and identity providers. */
export function UserOverview({ user }: { user: User }): ReactElement {
  const { t } = useConsole();
  return (
    <Facts
      inColumns
      facts={[
        [t("identities.user.username"), user.username && <Text>{user.username}</Text>],
        [t("identities.user.email"), user.email && <Text>{user.email}</Text>],
        [t("identities.id"), <Copyable>{keycloakUserId(user.id)}</Copyable>],
        [
          t("identities.user.account.state"),
          user.account === "transient"
            ? t("identities.user.transient")
            : t(user.enabled ? "identities.user.enabled" : "identities.user.disabled"),
        ],
        [t("identities.user.created"), <Time at={user.created_at} exact />],
        [t("identities.lastLogin"), <Time at={user.last_login} exact />],
        [t("identities.lastActive"), <Time at={user.last_active} exact />],
        [
          t("identities.identityProvider"),
          user.identity_providers.map((provider) => <Provider key={provider.alias} provider={provider} />),
        ],
      ]}
    />
  );
}

/** An identity provider with the address that tells it from others of that name. */
export function Provider({ provider }: { provider: IdentityProvider }): ReactElement {
  const { words } = useConsole();
  return (
    <div className="identities-names">
      <Text>{words.provider(provider)}</Text>{" "}
      {provider.url && (
        <span className="identities-quiet">
          <Text>{provider.url}</Text>
        </span>
      )}
    </div>
  );
}
