import type { ReactElement } from "react";
import type { Session } from "../api/types";
import { ApplicationNames } from "../components/Applications";
import { Time } from "../components/Bits";
import { Device } from "../components/Device";
import { Known } from "../components/Place";
import { RevokeSelected } from "../components/RevokeSelected";
import { SessionLabels } from "../components/SessionLabels";
import { SelectTd, SelectTh, Table, Td, Th, Tr, TrashTd, TrashTh } from "../components/Table";
import { useConsole } from "../hooks/console";
import { type Selection, useSelection } from "../hooks/useSelection";
import type { HoldProps } from "../hooks/useSteadyRows";
import { hashOf, type UserRoute } from "../routes";

const WIDTHS = ["control", "rest", "13%", "13%", "11%", "13%", "10%", "10%", "control"] as const;

interface SessionTableProps {
  sessions: readonly Session[];
  /** The person's page, on which this table stands. */
  above: UserRoute;
  onRevoke: (sessions: Session[]) => void;
  hold: HoldProps;
}

/** The sessions of one person. */
export function SessionTable({ sessions, above, onRevoke, hold }: SessionTableProps): ReactElement {
  const { t } = useConsole();
  const manageable = sessions.filter((session) => session.access.manage);
  const selection = useSelection(
    manageable.map((session) => session.id),
    manageable.filter((session) => session.current).map((session) => session.id),
  );
  const columns = {
    device: t("identities.device"),
    address: t("identities.address"),
    place: t("identities.place"),
    provider: t("identities.identityProvider"),
    applications: t("identities.applications"),
    started: t("identities.started"),
    lastActive: t("identities.lastActive"),
  };
  const head = (
    <>
      <SelectTh
        label={t("identities.select.all")}
        selectable={selection.allPossible}
        selected={selection.all}
        onSelect={selection.setAll}
      />
      {Object.values(columns).map((column) => (
        <Th key={column}>{column}</Th>
      ))}
      <TrashTh label={t("identities.revoke")} shown={selection.possible} />
    </>
  );
  return (
    <>
      {selection.possible && (
        <RevokeSelected
          count={selection.ids.length}
          onClick={() => {
            onRevoke(manageable.filter((session) => selection.has(session.id)));
          }}
        />
      )}
      <Table label={t("identities.sessions")} head={head} widths={WIDTHS} hold={hold}>
        {sessions.map((session) => (
          <SessionRow key={session.id} {...{ session, above, columns, selection, onRevoke }} />
        ))}
      </Table>
    </>
  );
}

interface SessionRowProps {
  session: Session;
  above: UserRoute;
  columns: Record<"device" | "address" | "place" | "provider" | "applications" | "started" | "lastActive", string>;
  selection: Selection;
  onRevoke: (sessions: Session[]) => void;
}

function SessionRow({ session, above, columns, selection, onRevoke }: SessionRowProps): ReactElement {
  const { realm, t, words } = useConsole();
  const { ip_address: address, location, user_agent: userAgent } = session.browser_session;
  const name = t("identities.session.name", { device: words.device(userAgent), address });
  return (
    <Tr id={session.id}>
      <SelectTd
        label={t("identities.select", { name })}
        selectable={session.access.manage}
        selected={selection.has(session.id)}
        onSelect={(selected) => {
          selection.set(session.id, selected);
        }}
      />
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
      <TrashTd
        label={t("identities.revoke.session", { name })}
        shown={session.access.manage}
        onClick={() => {
          onRevoke([session]);
        }}
      />
    </Tr>
  );
}
