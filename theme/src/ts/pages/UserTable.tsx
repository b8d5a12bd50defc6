import { Fragment, type ReactElement } from "react";
import { RECENT_SESSIONS, type User } from "../api/types";
import { ApplicationNames } from "../components/Applications";
import { Text, Time } from "../components/Bits";
import { PlaceAndDevice } from "../components/Place";
import { Signals } from "../components/Signals";
import { SelectTd, SelectTh, SortTh, Table, Td, Th, Tr, TrashTd, TrashTh } from "../components/Table";
import { useConsole } from "../hooks/console";
import type { Selection } from "../hooks/useSelection";
import type { HoldProps } from "../hooks/useSteadyRows";
import { Label } from "../pf";
import { hashOf, type ListView, type Order } from "../routes";

interface UserTableProps {
  users: readonly User[];
  selection: Selection;
  /** Whether the identity provider is shown: where there are none it says the same in each row. */
  withProvider: boolean;
  /** The part of the list that is shown. */
  view: ListView;
  /** Undefined where the server has one order only. */
  order: Order | undefined;
  onOrder: (order: Order) => void;
  onRevoke: (user: User) => void;
  hold: HoldProps;
}

/** Only one column can be sorted: the server knows one order beside that of the ids, and one page is not the list. */
export function UserTable(props: UserTableProps): ReactElement {
  const { users, selection, withProvider, view, order, onOrder, onRevoke, hold } = props;
  const { t } = useConsole();
  const columns = {
    user: t("identities.user"),
    ...(withProvider ? { provider: t("identities.head.identityProvider") } : {}),
    sessions: t("identities.head.sessions"),
    applications: t("identities.head.applications"),
    place: t("identities.placeAndDevice"),
    lastLogin: t("identities.head.lastLogin"),
    lastActive: t("identities.lastActive"),
  };
  const sorted = order === "last_active";
  const { lastActive, ...others } = columns;
  const head = (
    <>
      {selection.possible && (
        <SelectTh
          label={t("identities.select.all")}
          selectable={selection.allPossible}
          selected={selection.all}
          onSelect={selection.setAll}
        />
      )}
      {Object.values(others).map((column) => (
        <Th key={column}>{column}</Th>
      ))}
      {order === undefined ? (
        <Th>{lastActive}</Th>
      ) : (
        <SortTh
          sorted={sorted}
          help={sorted ? t("identities.order.lastActive") : t("identities.order.id")}
          onClick={() => {
            onOrder(sorted ? "id" : "last_active");
          }}
        >
          {lastActive}
        </SortTh>
      )}
      {selection.possible && <TrashTh label={t("identities.revoke")} shown />}
    </>
  );
  const control = selection.possible ? (["control"] as const) : [];
  // Names and e-mail addresses are the longest, and get the rest.
  const widths = [
    ...control,
    "rest",
    ...(withProvider ? (["11%"] as const) : []),
    ...(["8%", "13%", "18%", "9%", "9%"] as const),
    ...control,
  ] as const;
  return (
    <Table label={t("identities.tabs.users")} head={head} widths={widths} hold={hold}>
      {users.map((user) => (
        <UserRow key={user.id} user={user} view={view} columns={columns} selection={selection} onRevoke={onRevoke} />
      ))}
    </Table>
  );
}

interface UserRowProps {
  user: User;
  view: ListView;
  columns: Record<"user" | "sessions" | "applications" | "place" | "lastLogin" | "lastActive", string> & {
    provider?: string;
  };
  selection: Selection;
  onRevoke: (user: User) => void;
}

function UserRow({ user, view, columns, selection, onRevoke }: UserRowProps): ReactElement {
  const { t, words } = useConsole();
  const name = words.person(user);
  return (
    <Tr id={user.id}>
      {selection.possible && (
        <SelectTd
          label={t("identities.select", { name })}
          selectable={user.access.manage}
          selected={selection.has(user.id)}
          onSelect={(selected) => {
            selection.set(user.id, selected);
          }}
        />
      )}
      <Td column={columns.user}>
        <Person user={user} view={view} />
      </Td>
      {columns.provider !== undefined && (
        <Td column={columns.provider}>
          <span className="identities-names">
            {user.identity_providers.map((provider) => (
              <Text key={provider.alias}>{words.provider(provider)}</Text>
            ))}
          </span>
        </Td>
      )}
      <Td column={columns.sessions}>{user.sessions_count}</Td>
      <Td column={columns.applications}>
        <ApplicationNames clients={user.clients} recent={user.sessions_count > RECENT_SESSIONS} />
      </Td>
      <Td column={columns.place}>
        <PlaceAndDevice session={user.latest_session} />
      </Td>
      <Td column={columns.lastLogin}>
        <Time at={user.last_login} />
      </Td>
      <Td column={columns.lastActive}>
        <Time at={user.last_active} />
      </Td>
      {selection.possible && (
        <TrashTd
          label={t("identities.revoke.user", { name })}
          shown={user.access.manage}
          onClick={() => {
            onRevoke(user);
          }}
        />
      )}
    </Tr>
  );
}

function Person({ user, view }: { user: User; view: ListView }): ReactElement {
  const { realm, t, words } = useConsole();
  const name = words.person(user);
  const others = [user.username, user.email].filter((text) => text !== "" && text !== name);
  return (
    <div className="identities-person">
      <a href={hashOf(realm, { ...view, page: "user", userId: user.id })}>
        <Text>{name}</Text>
      </a>{" "}
      {!user.enabled && (
        <Label color="orange" isCompact>
          {t("identities.user.disabled")}
        </Label>
      )}{" "}
      {user.account === "transient" && (
        <Label color="grey" isCompact>
          {t("identities.user.transient")}
        </Label>
      )}{" "}
      {user.latest_session?.current && (
        <Label color="blue" isCompact>
          {t("identities.user.you")}
        </Label>
      )}{" "}
      <Signals codes={user.signals} details={user.signal_details} />
      <div className="identities-names identities-quiet">
        {[...new Set(others)].map((text) => (
          <Fragment key={text}>
            <Text>{text}</Text>{" "}
          </Fragment>
        ))}
      </div>
    </div>
  );
}
