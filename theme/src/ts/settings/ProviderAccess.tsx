import { type ReactElement, useCallback, useState } from "react";
import type { IdentityProviderRepresentation } from "../api/keycloak";
import { Text } from "../components/Bits";
import { Loaded } from "../components/Loaded";
import { Note } from "../components/Note";
import { Table, Td, Th, Tr } from "../components/Table";
import { useConsole } from "../hooks/console";
import { useDescribeError } from "../hooks/useDescribeError";
import { useResource } from "../hooks/useResource";
import { Switch } from "../pf";
import { mayRevoke } from "./table";

const MAY_REVOKE = mayRevoke.attribute;

/** The types of provider whose tokens the server can check. */
const TYPES: readonly (string | undefined)[] = ["oidc", "keycloak-oidc"];

/** Which identity providers may end all sessions of the people linked to them. */
export function ProviderAccess(): ReactElement {
  const { keycloak, t } = useConsole();
  const describe = useDescribeError();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const providers = useResource(
    useCallback((signal: AbortSignal) => keycloak.identityProvidersInFull(signal), [keycloak]),
  );
  const change = async (alias: string, allowed: boolean) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await keycloak.setIdentityProviderConfig(alias, MAY_REVOKE, String(allowed));
    } catch (error) {
      setFailure(error);
    }
    await providers.reload();
    setBusy(false);
  };
  const columns = [t("identities.identityProvider"), t("identities.settings.providers.mayRevoke")] as const;
  const row = ({ alias, displayName, config }: IdentityProviderRepresentation) => (
    <Tr key={alias}>
      <Td column={columns[0]}>
        <Text>{displayName ?? alias}</Text>
      </Td>
      <Td column={columns[1]}>
        <Switch
          id={`${alias}-${MAY_REVOKE}`}
          aria-label={t("identities.settings.ofClient", { setting: columns[1], client: displayName ?? alias })}
          isChecked={config?.[MAY_REVOKE] === "true"}
          isDisabled={busy}
          onChange={(_event, checked) => {
            void change(alias, checked);
          }}
        />
      </Td>
    </Tr>
  );
  return (
    <div className="identities-cards">
      <p>{t("identities.settings.providers.help")}</p>
      {failure !== undefined && (
        <Note kind="danger" title={t("identities.settings.notSaved")}>
          {describe(failure)}
        </Note>
      )}
      <Loaded resource={providers}>
        {(all) => {
          const possible = all.filter(({ providerId }) => TYPES.includes(providerId));
          return possible.length === 0 ? (
            <p className="identities-quiet">{t("identities.settings.providers.none")}</p>
          ) : (
            <Table
              label={t("identities.settings.providers")}
              head={columns.map((column) => (
                <Th key={column}>{column}</Th>
              ))}
            >
              {possible.map(row)}
            </Table>
          );
        }}
      </Loaded>
    </div>
  );
}
