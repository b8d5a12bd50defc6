import { type ReactElement, useCallback, useMemo, useRef } from "react";
import { hasStatus, isFinal } from "../api/http";
import { nextQuery } from "../api/identities";
import { keycloakUserId } from "../api/keycloak";
import { RECENT_SESSIONS, type Session, type User } from "../api/types";
import { completed } from "../applications";
import { ApplicationTable } from "../components/Applications";
import { Attribution } from "../components/Attribution";
import { State } from "../components/Failure";
import { Frame } from "../components/Frame";
import { LiveMark } from "../components/LiveMark";
import { Loaded } from "../components/Loaded";
import { Pager } from "../components/Pager";
import { Section } from "../components/Section";
import { Export } from "../export/Export";
import { sessionsAsCsv } from "../export/tables";
import { useConsole } from "../hooks/console";
import { useLive } from "../hooks/useLive";
import { type Paging, usePaging } from "../hooks/usePaging";
import { usePermissions } from "../hooks/usePermissions";
import { usePlace } from "../hooks/usePlace";
import { useResource } from "../hooks/useResource";
import { type SteadyRows, useSteadyRows } from "../hooks/useSteadyRows";
import { LazyMap } from "../map/LazyMap";
import { Button, Card, CardBody, CardTitle } from "../pf";
import { useRevocation } from "../revoke/useRevocation";
import { accountHashOf, allUsers, hashOf, listAbove, type UserRoute } from "../routes";
import { undirected } from "../text";
import { SessionTable } from "./SessionTable";
import { UserOverview } from "./UserOverview";

/** As many as the server gives at once, so that most people are shown completely. */
const FIRST = "limit=100";

/** One person: who that is, which applications they reached, and from where. */
export function UserPage({ route }: { route: UserRoute }): ReactElement {
  const { userId } = route;
  const { identities, realm, t, words } = useConsole();
  const paging = usePaging(FIRST);
  const answer = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [user, page] = await Promise.all([
          identities.user(userId, signal),
          identities.sessionsOf(userId, paging.query, signal),
        ]);
        const sessions = page.application_sessions;
        return { user: completed(user, sessions), sessions, next: nextQuery(page) };
      },
      [identities, userId, paging.query],
    ),
  );
  const live = useLive(answer);
  const steady = useSteadyRows(
    useMemo(() => answer.data?.sessions ?? [], [answer.data]),
    `${userId} ${paging.query}`,
  );
  const revocation = useRevocation(async () => {
    await answer.reload();
    steady.show();
  });
  const user = answer.data?.user;
  // A person without a session has nothing to revoke, although the last answer is still there.
  const isHere = user !== undefined && !isFinal(answer.error);
  return (
    <Frame
      title={user ? words.person(user) : t("identities.user")}
      above={[{ label: t("identities.title"), href: hashOf(realm, listAbove(route)) }]}
      actions={
        <>
          <LiveMark {...live} list={steady} />
          {isHere && user.account !== "transient" && (
            <a href={accountHashOf(realm, keycloakUserId(user.id))}>{t("identities.user.account")}</a>
          )}
          {isHere && user.access.manage && (
            <Button
              variant="danger"
              onClick={() => {
                revocation.ask([{ user }]);
              }}
            >
              {t("identities.revoke.all")}
            </Button>
          )}
        </>
      }
    >
      <Section>
        <Loaded resource={answer} notFound={<SignedOut userId={userId} />}>
          {(data) => (
            <UserCards user={data.user} next={data.next} {...{ steady, route, paging }} ask={revocation.ask} />
          )}
        </Loaded>
      </Section>
      {revocation.dialog}
    </Frame>
  );
}

interface UserCardsProps {
  route: UserRoute;
  user: User;
  steady: SteadyRows<Session>;
  paging: Paging;
  next: string | undefined;
  ask: ReturnType<typeof useRevocation>["ask"];
}

/** The sessions come first: they are what one comes for. */
function UserCards({ route, user, steady, paging, next, ask }: UserCardsProps): ReactElement {
  const { realm, t } = useConsole();
  const rows = useRef<HTMLDivElement>(null);
  usePlace(hashOf(realm, route), steady.rows.length > 0, rows);
  const isComplete = paging.number === 1 && next === undefined;
  const others = steady.rows.filter((session) => session.access.manage && !session.current);
  const isOwnAccount = steady.rows.some((session) => session.current);
  const askFor = (chosen: readonly Session[]) => {
    ask(chosen.map((session) => ({ user, session })));
  };
  return (
    <div className="identities-cards">
      <Card>
        <CardTitle component="h2">{t("identities.sessions")}</CardTitle>
        <CardBody>
          {isComplete && isOwnAccount && others.length > 0 && (
            <Button
              variant="secondary"
              isDanger
              onClick={() => {
                askFor(others);
              }}
            >
              {t("identities.revoke.others")}
            </Button>
          )}
          <div ref={rows}>
            <SessionTable
              paged={!isComplete}
              sessions={steady.rows}
              hold={steady.hold}
              above={listAbove(route)}
              onRevoke={askFor}
            />
          </div>
          <Export name="sessions" csv={() => sessionsAsCsv(steady.rows)} json={() => steady.rows} />
          <Pager paging={paging} next={next} />
          <LazyMap sessions={steady.rows} />
          <Attribution sessions={steady.rows} />
        </CardBody>
      </Card>
      <Card>
        <CardTitle component="h2">{t("identities.overview")}</CardTitle>
        <CardBody>
          <UserOverview user={user} />
        </CardBody>
      </Card>
      <Card>
        <CardTitle component="h2">{t("identities.applications")}</CardTitle>
        <CardBody>
          {!isComplete && <p>{t("identities.applications.some", { count: RECENT_SESSIONS })}</p>}
          <ApplicationTable clients={user.clients} />
        </CardBody>
      </Card>
    </div>
  );
}

/** Shown for a person without a live session, because the list has none. The account is untouched. */
function SignedOut({ userId }: { userId: string }): ReactElement {
  const { keycloak, realm, t } = useConsole();
  const { viewUsers } = usePermissions();
  const { data: account, error } = useResource(
    useCallback(
      async (signal: AbortSignal) => (viewUsers ? await keycloak.user(keycloakUserId(userId), signal) : undefined),
      [keycloak, userId, viewUsers],
    ),
  );
  const text = () => {
    if (!account) {
      return hasStatus(error, 404) ? t("identities.user.signedOut.unknown") : t("identities.user.signedOut");
    }
    const name = undirected([account.firstName, account.lastName].filter(Boolean).join(" ") || account.username);
    return account.enabled
      ? t("identities.user.signedOut.enabled", { name })
      : t("identities.user.signedOut.disabled", { name });
  };
  return (
    <State
      title={t("identities.user.signedOut.title")}
      actions={
        <div className="identities-inline">
          {account && <a href={accountHashOf(realm, account.id)}>{t("identities.user.account")}</a>}
          <a href={hashOf(realm, allUsers)}>{t("identities.back")}</a>
        </div>
      }
    >
      {text()}
    </State>
  );
}
