import type { ReactElement } from "react";
import type { Session } from "../api/types";
import { ApplicationNames } from "../components/Applications";
import { Text, Time } from "../components/Bits";
import { Device } from "../components/Device";
import { Known } from "../components/Place";
import { RevokeSelected } from "../components/RevokeSelected";
import { SessionLabels } from "../components/SessionLabels";
import { SelectTd, SelectTh, Table, Td, Th, Tr, TrashTd, TrashTh } from "../components/Table";
import { useConsole } from "../hooks/console";
import { type Selection, useSelection } from "../hooks/useSelection";
import type { HoldProps } from "../hooks/useSteadyRows";
import { targetOf } from "../revoke/target";
import { hashOf, type ListView } from "../routes";

/** What stands beside the device, which gets the rest. */
const WIDTHS = ["12%", "13%", "11%", "13%", "10%", "10%"] as const;

/** The same where the person has a column too. */
const NARROW_WIDTHS = ["11%", "11%", "9%", "11%", "9%", "9%"] as const;

interface SessionTableProps {
  sessions: readonly Session[];
  /** The list above the pages that the rows lead to. */
  above: ListView;
  /** Whether each row names its person: where the sessions are not those of one. */
  ofAll?: boolean;
  /** Whether these are one page of several. */
  paged: boolean;
  onRevoke: (sessions: Session[]) => void;
  hold: HoldProps;
}

/** Sessions of one person, or of all. */
export function SessionTable(props: SessionTableProps): ReactElement {
  const { sessions, above, ofAll = false, paged, onRevoke, hold } = props;
  const { t } = useConsole();
  const manageable = sessions.filter((session) => session.access.manage);
  const selection = useSelection(
    manageable.map((session) => session.id),
    manageable.filter((session) => session.current).map((session) => session.id),
  );
  const columns = {
    ...(ofAll ? { person: t("identities.user") } : {}),
    device: t("identities.device"),
    address: t("identities.address"),
    place: t("identities.place"),
    provider: t("identities.head.identityProvider"),
    applications: t("identities.head.applications"),
    started: t("identities.started"),
    lastActive: t("identities.lastActive"),
  };
  const control = selection.possible ? (["control"] as const) : [];
  const widths = [
    ...control,
    ...(ofAll ? (["13%", "rest", ...NARROW_WIDTHS] as const) : (["rest", ...WIDTHS] as const)),
    ...control,
  ] as const;
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
      {Object.values(columns).map((column) => (
        <Th key={column}>{column}</Th>
      ))}
      {selection.possible && <TrashTh label={t("identities.revoke")} shown />}
    </>
  );
  return (
    <>
      {selection.possible && (
        <RevokeSelected
          selection={selection}
          onClick={() => {
            onRevoke(manageable.filter((session) => selection.has(session.id)));
          }}
        />
      )}
      <Table label={t("identities.sessions")} head={head} widths={widths} hold={hold}>
        {sessions.map((session) => (
          <SessionRow key={session.id} {...{ session, above, columns, selection, onRevoke }} />
        ))}
      </Table>
      {paged && selection.ids.length > 0 && <p className="identities-quiet">{t("identities.selected.here")}</p>}
    </>
  );
}

interface SessionRowProps {
  session: Session;
  above: ListView;
  columns: Record<"device" | "address" | "place" | "provider" | "applications" | "started" | "lastActive", string> & {
    person?: string;
  };
  selection: Selection;
  onRevoke: (sessions: Session[]) => void;
}

function SessionRow({ session, above, columns, selection, onRevoke }: SessionRowProps): ReactElement {
  const { realm, t, words } = useConsole();
  const { ip_address: address, location, user_agent: userAgent } = session.browser_session;
  const person = words.person(targetOf(session).user);
  const device = t("identities.session.name", { device: words.device(userAgent), address });
  // Many people may have the same device.
  const name = columns.person === undefined ? device : `${person}, ${device}`;
  return (
    <Tr id={session.id}>
      {selection.possible && (
        <SelectTd
          label={t("identities.select", { name })}
          selectable={session.access.manage}
          selected={selection.has(session.id)}
          onSelect={(selected) => {
            selection.set(session.id, selected);
          }}
        />
      )}
      {columns.person !== undefined && (
        <Td column={columns.person}>
          <a href={hashOf(realm, { ...above, page: "user", userId: session.application_user.id })}>
            <Text>{person}</Text>
          </a>
        </Td>
      )}
      <Td column={columns.device}>
        <a
          href={hashOf(realm, {
            ...above,
            page: "session",
            userId: session.application_user.id,
            sessionId: session.id,
          })}
        >
          <Device userAgent={userAgent} />
        </a>{" "}
        <SessionLabels session={session} />
      </Td>
      <Td column={columns.address}>
        <Known>{address}</Known>
      </Td>
      <Td column={columns.place}>
        <Known>{words.place(location)}</Known>
      </Td>
      <Td column={columns.provider}>
        <Known>{words.provider(session.identity_provider)}</Known>
      </Td>
      <Td column={columns.applications}>
        <ApplicationNames clients={session.clients} />
      </Td>
      <Td column={columns.started}>
        <Time at={session.created_at} />
      </Td>
      <Td column={columns.lastActive}>
        <Time at={session.last_active} />
      </Td>
      {selection.possible && (
        <TrashTd
          label={t("identities.revoke.session", { name })}
          shown={session.access.manage}
          onClick={() => {
            onRevoke([session]);
          }}
        />
      )}
    </Tr>
  );
}
