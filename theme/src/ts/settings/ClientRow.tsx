import { type ReactElement, useState } from "react";
import type { ClientRepresentation } from "../api/keycloak";
import { Text } from "../components/Bits";
import { Td, Tr } from "../components/Table";
import { useConsole } from "../hooks/console";
import { Button, Switch, TextInput } from "../pf";
import { clientSettings, storedOf, textKeys, valueOf } from "./table";

interface ClientRowProps {
  client: ClientRepresentation;
  /** Stores these attributes; ends when that is done. */
  onChange: (changes: Record<string, string>) => Promise<void>;
}

/** A client, and what it may do. */
export function ClientRow({ client, onChange }: ClientRowProps): ReactElement {
  const { t } = useConsole();
  const [busy, setBusy] = useState(false);
  const reason = useReasonAgainst(client);
  const isDisabled = busy || reason !== undefined;
  const change = async (changes: Record<string, string>) => {
    setBusy(true);
    await onChange(changes);
    setBusy(false);
  };
  const stored = (attribute: string) => client.attributes?.[attribute];
  return (
    <Tr>
      <Td column={t("identities.settings.client")}>
        <Text>{client.clientId}</Text>
        {reason && <div className="identities-quiet">{reason}</div>}
      </Td>
      {[clientSettings.management, clientSettings.revocation].map((setting) => {
        const { label } = textKeys("client", setting);
        return (
          <Td key={setting.attribute} column={t(label)}>
            <Switch
              id={`${client.id}-${setting.attribute}`}
              aria-label={t("identities.settings.ofClient", {
                setting: t(label),
                client: client.clientId,
              })}
              isChecked={valueOf(setting, stored(setting.attribute)) === "true"}
              isDisabled={isDisabled}
              onChange={(_event, checked) => {
                void change({ [setting.attribute]: storedOf(setting, String(checked)) });
              }}
            />
          </Td>
        );
      })}
      <Td column={t(textKeys("client", clientSettings.userKey).label)}>
        <UserKey
          key={stored(clientSettings.userKey.attribute) ?? ""}
          client={client}
          isDisabled={isDisabled}
          onSave={(value) => void change({ [clientSettings.userKey.attribute]: value })}
        />
      </Td>
    </Tr>
  );
}

interface UserKeyProps {
  client: ClientRepresentation;
  isDisabled: boolean;
  onSave: (value: string) => void;
}

function UserKey({ client, isDisabled, onSave }: UserKeyProps): ReactElement {
  const { t } = useConsole();
  const before = client.attributes?.[clientSettings.userKey.attribute] ?? "";
  const [value, setValue] = useState(before);
  const { label } = textKeys("client", clientSettings.userKey);
  return (
    <form
      className="identities-inline"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(value.trim());
      }}
    >
      <TextInput
        aria-label={t("identities.settings.ofClient", { setting: t(label), client: client.clientId })}
        placeholder={t("identities.settings.asRealm")}
        value={value}
        isDisabled={isDisabled}
        onChange={(_event, text) => {
          setValue(text);
        }}
      />
      {value.trim() !== before && (
        <Button type="submit" variant="secondary" isDisabled={isDisabled}>
          {t("identities.save")}
        </Button>
      )}
    </form>
  );
}

/** Why nothing can be switched on for a client; undefined if it can. */
function useReasonAgainst(client: ClientRepresentation): string | undefined {
  const { t } = useConsole();
  if ((client.protocol ?? "openid-connect") !== "openid-connect") {
    return t("identities.settings.client.notOpenId");
  }
  if (client.publicClient) {
    return t("identities.settings.client.public");
  }
  if (client.bearerOnly) {
    return t("identities.settings.client.bearerOnly");
  }
  return client.access?.configure === false ? t("identities.settings.client.notConfigurable") : undefined;
}

/** Whether anything can be switched on for a client. */
export function isUsable(client: ClientRepresentation): boolean {
  const isOpenId = (client.protocol ?? "openid-connect") === "openid-connect";
  return isOpenId && !client.publicClient && !client.bearerOnly && client.access?.configure !== false;
}
