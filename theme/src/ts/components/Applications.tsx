import type { ReactElement } from "react";
import type { Client } from "../api/types";
import { useConsole } from "../hooks/console";
import { Address, Nothing, Text, Time } from "./Bits";
import { Table, Td, Th, Tr } from "./Table";

/** More than this do not fit into a cell. */
const SHOWN = 3;

/** The applications of a row: the first by name, the others by their number. */
export function ApplicationNames({ clients }: { clients: readonly Client[] }): ReactElement {
  const { t, words } = useConsole();
  if (clients.length === 0) {
    return <Nothing />;
  }
  const more = clients.length - SHOWN;
  return (
    <span className="identities-names identities-applications" title={words.applications(clients)}>
      {clients.slice(0, SHOWN).map((client, position) => (
        <Text key={position} title={words.applicationHelp(client)}>
          {words.application(client)}
        </Text>
      ))}
      {more > 0 && <span>{t("identities.more", { count: more })}</span>}
    </span>
  );
}

/** Applications that were reached, and when. */
export function ApplicationTable({ clients }: { clients: readonly Client[] }): ReactElement {
  const { t } = useConsole();
  if (clients.length === 0) {
    return <p className="identities-quiet">{t("identities.application.none")}</p>;
  }
  const [application, address, firstUsed, lastUsed] = [
    t("identities.application"),
    t("identities.application.address"),
    t("identities.application.firstUsed"),
    t("identities.application.lastUsed"),
  ];
  const head = [application, address, firstUsed, lastUsed].map((column) => <Th key={column}>{column}</Th>);
  return (
    <Table label={t("identities.applications")} head={head}>
      {clients.map((client, position) => (
        <Tr key={position}>
          <Td column={application}>
            <Application client={client} />
          </Td>
          <Td column={address}>{client.base_url ? <Address>{client.base_url}</Address> : <Nothing />}</Td>
          <Td column={firstUsed}>
            <Time at={client.started_at} />
          </Td>
          <Td column={lastUsed}>
            <Time at={client.last_active} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function Application({ client }: { client: Client }): ReactElement {
  const { words } = useConsole();
  const name = words.application(client);
  const help = words.applicationHelp(client);
  return (
    <>
      <Text>{name}</Text>
      {help !== undefined && <div className="identities-quiet">{help}</div>}
      {client.name && client.name !== client.client_id && (
        <div className="identities-quiet">
          <Text>{client.client_id}</Text>
        </div>
      )}
    </>
  );
}
