import { type ReactElement, useCallback, useState } from "react";
import type { ClientRepresentation } from "../api/keycloak";
import { State } from "../components/Failure";
import { Loaded } from "../components/Loaded";
import { Note } from "../components/Note";
import { Pager } from "../components/Pager";
import { SearchField } from "../components/SearchField";
import { Table, Th } from "../components/Table";
import { useConsole } from "../hooks/console";
import { useDescribeError } from "../hooks/useDescribeError";
import { usePaging } from "../hooks/usePaging";
import { useResource } from "../hooks/useResource";
import { ClientRow, isUsable } from "./ClientRow";
import { clientSettings, textKeys } from "./table";

const PAGE = 10;

/** Which clients may call the APIs for help desks: a switch per client and API. */
export function ClientAccess(): ReactElement {
  const { keycloak, t } = useConsole();
  const describe = useDescribeError();
  const [search, setSearch] = useState("");
  const [failure, setFailure] = useState<unknown>();
  // A page's query is the number of the clients before it.
  const paging = usePaging("0");
  const first = Number(paging.query);
  const clients = useResource(
    useCallback(
      // One more than is shown tells whether there is another page.
      (signal: AbortSignal) => keycloak.clients(search, first, PAGE + 1, signal),
      [keycloak, search, first],
    ),
  );
  const change = async (client: ClientRepresentation, changes: Record<string, string>) => {
    setFailure(undefined);
    try {
      await keycloak.setClientAttributes(client.id, changes);
    } catch (error) {
      setFailure(error);
    }
    await clients.reload();
  };
  const columns = Object.values(clientSettings).map((setting) => textKeys("client", setting));
  const head = [t("identities.settings.client"), ...columns.map(({ label }) => t(label))].map((column) => (
    <Th key={column}>{column}</Th>
  ));
  return (
    <div className="identities-cards">
      <ul className="identities-points">
        {columns.map(({ label, help }) => (
          <li key={label}>
            <strong>{t(label)}</strong>: {t(help)}
          </li>
        ))}
      </ul>
      <p>{t("identities.settings.clients.atOnce")}</p>
      <div className="identities-bar">
        <SearchField
          label={t("identities.settings.clients.search")}
          text={search}
          onSearch={(text) => {
            setSearch(text);
            paging.reset();
          }}
        />
      </div>
      {failure !== undefined && (
        <Note kind="danger" title={t("identities.settings.notSaved")}>
          {describe(failure)}
        </Note>
      )}
      <Loaded resource={clients}>
        {(list) =>
          list.length === 0 ? (
            <State title={t("identities.settings.clients.none")} />
          ) : (
            <Table label={t("identities.settings.clients")} head={head}>
              {usableFirst(list.slice(0, PAGE)).map((client) => (
                <ClientRow key={client.id} client={client} onChange={(changes) => change(client, changes)} />
              ))}
            </Table>
          )
        }
      </Loaded>
      <Pager paging={paging} next={(clients.data?.length ?? 0) > PAGE ? String(first + PAGE) : undefined} />
    </div>
  );
}

function usableFirst(clients: readonly ClientRepresentation[]): ClientRepresentation[] {
  return [...clients.filter(isUsable), ...clients.filter((client) => !isUsable(client))];
}
