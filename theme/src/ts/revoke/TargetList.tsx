import { type ReactElement, useCallback } from "react";
import type { Session } from "../api/types";
import { Text } from "../components/Bits";
import { Device } from "../components/Device";
import { SessionLabels } from "../components/SessionLabels";
import { useConsole } from "../hooks/console";
import { useResource } from "../hooks/useResource";
import { Label } from "../pf";
import type { Target, TargetUser } from "./target";

/** So many sessions of a person are named; the others are counted. */
const NAMED = 20;

interface TargetListProps {
  targets: readonly Target[];
  /** Those of the administrator. */
  own: readonly Target[];
}

/** Person, device, applications and place of all that is to be ended. */
export function TargetList({ targets, own }: TargetListProps): ReactElement {
  const people = new Map<string, { user: TargetUser; sessions: Session[] }>();
  for (const { user, session } of targets) {
    const person = people.get(user.id) ?? { user, sessions: [] };
    people.set(user.id, person);
    if (session) {
      person.sessions.push(session);
    }
  }
  return (
    <ul className="identities-targets">
      {[...people.values()].map(({ user, sessions }) => (
        <li key={user.id}>
          <PersonLine user={user} isOwn={own.some((target) => target.user.id === user.id)} />
          {sessions.length > 0 ? (
            <SessionLines sessions={sessions} />
          ) : people.size === 1 ? (
            <AllSessions user={user} />
          ) : (
            <KnownSessions user={user} sessions={user.latest_session ? [user.latest_session] : []} />
          )}
        </li>
      ))}
    </ul>
  );
}

function PersonLine({ user, isOwn }: { user: TargetUser; isOwn: boolean }): ReactElement {
  const { t, words } = useConsole();
  const name = words.person(user);
  const others = [user.username, user.email].filter((text) => text !== "" && text !== name);
  return (
    <span className="identities-names">
      <strong>
        <Text>{name}</Text>
      </strong>
      {[...new Set(others)].map((text) => (
        <Text key={text}>{text}</Text>
      ))}{" "}
      {isOwn && (
        <Label color="blue" isCompact>
          {t("identities.user.you")}
        </Label>
      )}
    </span>
  );
}

/** Of a single person all sessions are named, as they are now. */
function AllSessions({ user }: { user: TargetUser }): ReactElement {
  const { identities } = useConsole();
  const { data } = useResource(
    useCallback(
      (signal: AbortSignal) => identities.sessionsOf(user.id, `limit=${NAMED}`, signal),
      [identities, user.id],
    ),
  );
  const sessions = data?.application_sessions ?? (user.latest_session ? [user.latest_session] : []);
  return <KnownSessions user={user} sessions={sessions} />;
}

function KnownSessions({ user, sessions }: { user: TargetUser; sessions: readonly Session[] }): ReactElement {
  const { t } = useConsole();
  const more = user.sessions_count - sessions.length;
  return (
    <>
      <SessionLines sessions={sessions} />
      {more > 0 && <div className="identities-quiet">{t("identities.session.more", { count: more })}</div>}
    </>
  );
}

function SessionLines({ sessions }: { sessions: readonly Session[] }): ReactElement {
  const { t, words } = useConsole();
  return (
    <ul className="identities-points">
      {sessions.map((session) => {
        const { ip_address: address, location, user_agent: userAgent } = session.browser_session;
        const place = [words.place(location), address].filter(Boolean).join(" · ");
        return (
          <li key={session.id} className="identities-names">
            <Device userAgent={userAgent} />
            <Text>{place || t("identities.place.unknown")}</Text>
            <Text>{words.applications(session.clients) || t("identities.application.none")}</Text>{" "}
            <SessionLabels session={session} />
          </li>
        );
      })}
    </ul>
  );
}
