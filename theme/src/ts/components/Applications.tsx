import type { ReactElement } from "react";
import { HIDDEN } from "../applications";
import { type Client, RECENT_SESSIONS } from "../api/types";
import { type Chip, expressionOf } from "../filter/facets";
import { useConsole } from "../hooks/console";
import { allSessions, clientHashOf, hashOf } from "../routes";
import { Address, Nothing, Text, Time } from "./Bits";
import { Table, Td, Th, Tr } from "./Table";

/** More than this do not fit into a cell. */
const SHOWN = 3;

interface ApplicationNamesProps {
  clients: readonly Client[];
  /** Whether they are those of the sessions that were used last only. */
  recent?: boolean;
}

/** The applications of a row: the first by name, the others by their number. */
export function ApplicationNames({ clients, recent = false }: ApplicationNamesProps): ReactElement {
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
      {recent && (
        <span className="identities-quiet">{t("identities.applications.recent", { count: RECENT_SESSIONS })}</span>
      )}
    </span>
  );
}

/** Applications that were reached, and when. Those that may not be viewed are one row. */
export function ApplicationTable({ clients }: { clients: readonly Client[] }): ReactElement {
  const { t } = useConsole();
  const visible = clients.filter(({ client_id: id }) => id !== HIDDEN);
  const hidden = clients.filter(({ client_id: id }) => id === HIDDEN);
  const columns = {
    application: t("identities.application"),
    address: t("identities.application.address"),
    firstUsed: t("identities.application.firstUsed"),
    lastUsed: t("identities.application.lastUsed"),
  };
  const head = Object.values(columns).map((column) => <Th key={column}>{column}</Th>);
  return (
    <>
      {clients.length === 0 ? (
        <p className="identities-quiet">{t("identities.application.none")}</p>
      ) : (
        <Table label={t("identities.applications")} head={head}>
          {visible.map((client) => (
            <ApplicationRow key={client.client_id} client={client} columns={columns} />
          ))}
          {hidden.length > 0 && <HiddenRow clients={hidden} columns={columns} />}
        </Table>
      )}
      <p className="identities-quiet">{t("identities.applications.exchanged")}</p>
    </>
  );
}

type Columns = Record<"application" | "address" | "firstUsed" | "lastUsed", string>;

/** The name leads to all sessions that reached it, the client id to the client in Keycloak. */
function ApplicationRow({ client, columns }: { client: Client; columns: Columns }): ReactElement {
  const { realm, t, words } = useConsole();
  return (
    <Tr>
      <Td column={columns.application}>
        <a href={hashOf(realm, { ...allSessions, filter: expressionOf("sessions", [sessionsOf(client)]) })}>
          <Text title={t("identities.application.sessions")}>{words.application(client)}</Text>
        </a>
        {client.uuid ? (
          <div className="identities-quiet">
            <a href={clientHashOf(realm, client.uuid)}>
              <Text title={t("identities.application.client")}>{client.client_id}</Text>
            </a>
          </div>
        ) : (
          client.name &&
          client.name !== client.client_id && (
            <div className="identities-quiet">
              <Text>{client.client_id}</Text>
            </div>
          )
        )}
      </Td>
      <Td column={columns.address}>{client.base_url ? <Address>{client.base_url}</Address> : <Nothing />}</Td>
      <Td column={columns.firstUsed}>
        <Time at={client.started_at} exact />
      </Td>
      <Td column={columns.lastUsed}>
        <Time at={client.last_active} exact />
      </Td>
    </Tr>
  );
}

function sessionsOf({ client_id: id }: Client): Chip {
  return { facet: "application", value: id };
}

function HiddenRow({ clients, columns }: { clients: readonly Client[]; columns: Columns }): ReactElement {
  const { t } = useConsole();
  const started = clients.map((client) => client.started_at).sort();
  const lastActive = clients.map((client) => client.last_active).sort();
  return (
    <Tr>
      <Td column={columns.application}>
        {clients.length === 1
          ? t("identities.application.hidden")
          : t("identities.application.hidden.several", { count: clients.length })}
        <div className="identities-quiet">{t("identities.application.hidden.help")}</div>
      </Td>
      <Td column={columns.address}>
        <Nothing />
      </Td>
      <Td column={columns.firstUsed}>
        <Time at={started.at(0) ?? ""} exact />
      </Td>
      <Td column={columns.lastUsed}>
        <Time at={lastActive.at(-1) ?? ""} exact />
      </Td>
    </Tr>
  );
}
