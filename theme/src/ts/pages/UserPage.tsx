import { type ReactElement, useCallback, useMemo } from "react";
import { nextQuery } from "../api/identities";
import { keycloakUserId } from "../api/keycloak";
import type { Session, SessionPage, User } from "../api/types";
import { ApplicationTable } from "../components/Applications";
import { Attribution } from "../components/Attribution";
import { State } from "../components/Failure";
import { Frame } from "../components/Frame";
import { LiveMark } from "../components/LiveMark";
import { Loaded } from "../components/Loaded";
import { Pager } from "../components/Pager";
import { Section } from "../components/Section";
import { useConsole } from "../hooks/console";
import { useLive } from "../hooks/useLive";
import { type Paging, usePaging } from "../hooks/usePaging";
import { useResource } from "../hooks/useResource";
import { type SteadyRows, useSteadyRows } from "../hooks/useSteadyRows";
import { LazyMap } from "../map/LazyMap";
import { Button, Card, CardBody, CardTitle } from "../pf";
import { useRevocation } from "../revoke/useRevocation";
import { accountHashOf, allUsers, hashOf, listAbove, type UserRoute } from "../routes";
import { SessionTable } from "./SessionTable";
import { UserOverview } from "./UserOverview";

const FIRST = "limit=50";

/** One person: who that is, which applications they reached, and from where. */
export function UserPage({ route }: { route: UserRoute }): ReactElement {
  const { userId } = route;
  const { identities, realm, t, words } = useConsole();
  const paging = usePaging(FIRST);
  const answer = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [user, sessions] = await Promise.all([
          identities.user(userId, signal),
          identities.sessionsOf(userId, paging.query, signal),
        ]);
        return { user, sessions };
      },
      [identities, userId, paging.query],
    ),
  );
  const live = useLive(answer);
  const steady = useSteadyRows(
    useMemo(() => answer.data?.sessions.application_sessions ?? [], [answer.data]),
    `${userId} ${paging.query}`,
  );
  const revocation = useRevocation(async () => {
    await answer.reload();
    steady.show();
  });
  const user = answer.data?.user;
  return (
    <Frame
      title={user ? words.person(user) : t("identities.user")}
      above={[{ label: t("identities.title"), href: hashOf(realm, listAbove(route)) }]}
      actions={
        <>
          <LiveMark {...live} list={steady} />
          {user && <a href={accountHashOf(realm, keycloakUserId(user.id))}>{t("identities.user.account")}</a>}
          {user?.access.manage && (
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
        <Loaded resource={answer} notFound={<SignedOut />}>
          {(data) => <UserCards {...data} steady={steady} route={route} paging={paging} ask={revocation.ask} />}
        </Loaded>
      </Section>
      {revocation.dialog}
    </Frame>
  );
}

interface UserCardsProps {
  route: UserRoute;
  user: User;
  sessions: SessionPage;
  steady: SteadyRows<Session>;
  paging: Paging;
  ask: ReturnType<typeof useRevocation>["ask"];
}

function UserCards({ route, user, sessions, steady, paging, ask }: UserCardsProps): ReactElement {
  const { t } = useConsole();
  return (
    <div className="identities-cards">
      <Card>
        <CardTitle component="h2">{t("identities.overview")}</CardTitle>
        <CardBody>
          <UserOverview user={user} />
        </CardBody>
      </Card>
      <Card>
        <CardTitle component="h2">{t("identities.applications")}</CardTitle>
        <CardBody>
          <ApplicationTable clients={user.clients} />
        </CardBody>
      </Card>
      <Card>
        <CardTitle component="h2">{t("identities.sessions")}</CardTitle>
        <CardBody>
          <SessionTable
            sessions={steady.rows}
            hold={steady.hold}
            above={route}
            onRevoke={(chosen) => {
              ask(chosen.map((session) => ({ user, session })));
            }}
          />
          <Pager paging={paging} next={nextQuery(sessions)} />
          <LazyMap sessions={sessions.application_sessions} />
          <Attribution sessions={sessions.application_sessions} />
        </CardBody>
      </Card>
    </div>
  );
}

/** Who has no live session is not in the list; the account is untouched. */
function SignedOut(): ReactElement {
  const { realm, t } = useConsole();
  return (
    <State
      title={t("identities.user.signedOut.title")}
      actions={<a href={hashOf(realm, allUsers)}>{t("identities.back")}</a>}
    >
      {t("identities.user.signedOut")}
    </State>
  );
}
