import { type ReactElement, useCallback } from "react";
import { ApiError, isFinal } from "../api/http";
import type { Session } from "../api/types";
import { ApplicationTable } from "../components/Applications";
import { State } from "../components/Failure";
import { Frame } from "../components/Frame";
import { LiveMark } from "../components/LiveMark";
import { Loaded } from "../components/Loaded";
import { Section } from "../components/Section";
import { SessionLabels } from "../components/SessionLabels";
import { Export } from "../export/Export";
import { sessionsAsCsv } from "../export/tables";
import { useConsole } from "../hooks/console";
import { useLive } from "../hooks/useLive";
import { useResource } from "../hooks/useResource";
import { Button, Card, CardBody, CardTitle } from "../pf";
import { useRevocation } from "../revoke/useRevocation";
import { hashOf, listAbove, type SessionRoute } from "../routes";
import { DeviceFacts, LifeFacts, PlaceFacts } from "./SessionFacts";

/** One session: with what, from where, what it reached, and when it ends. */
export function SessionPage({ route }: { route: SessionRoute }): ReactElement {
  const { userId, sessionId } = route;
  const { identities, realm, t, words } = useConsole();
  const answer = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [user, session] = await Promise.all([
          identities.user(userId, signal),
          identities.session(sessionId, signal),
        ]);
        if (session.application_user.id !== user.id) {
          throw new ApiError(404, ""); // An address that somebody put together: no session of this person.
        }
        return { user, session };
      },
      [identities, userId, sessionId],
    ),
  );
  const live = useLive(answer);
  const revocation = useRevocation(() => answer.reload());
  // A session that is over cannot be revoked, although the last answer is still there.
  const { user, session } = (isFinal(answer.error) ? undefined : answer.data) ?? {};
  const above = { ...listAbove(route), page: "user", userId } as const;
  return (
    <Frame
      title={session ? words.device(session.browser_session.user_agent) : t("identities.session")}
      above={[
        { label: t("identities.title"), href: hashOf(realm, listAbove(route)) },
        { label: user ? words.person(user) : t("identities.user"), href: hashOf(realm, above) },
      ]}
      actions={
        <>
          {session && <SessionLabels session={session} />}
          <LiveMark {...live} />
          {user && session?.access.manage && (
            <Button
              variant="danger"
              onClick={() => {
                revocation.ask([{ user, session }]);
              }}
            >
              {t("identities.revoke.one")}
            </Button>
          )}
        </>
      }
    >
      <Section>
        <Loaded
          resource={answer}
          notFound={
            <State
              title={t("identities.session.ended.title")}
              actions={<a href={hashOf(realm, above)}>{t("identities.session.others")}</a>}
            >
              {t("identities.session.ended")}
            </State>
          }
        >
          {(data) => <SessionCards session={data.session} />}
        </Loaded>
      </Section>
      {revocation.dialog}
    </Frame>
  );
}

function SessionCards({ session }: { session: Session }): ReactElement {
  const { t } = useConsole();
  return (
    <div className="identities-cards">
      <div className="identities-columns">
        <Card>
          <CardTitle component="h2">{t("identities.device")}</CardTitle>
          <CardBody>
            <DeviceFacts userAgent={session.browser_session.user_agent} />
          </CardBody>
        </Card>
        <Card>
          <CardTitle component="h2">{t("identities.session")}</CardTitle>
          <CardBody>
            <LifeFacts session={session} />
            <Export name="session" csv={() => sessionsAsCsv([session])} json={() => session} />
          </CardBody>
        </Card>
      </div>
      <Card>
        <CardTitle component="h2">{t("identities.place")}</CardTitle>
        <CardBody>
          <PlaceFacts session={session} />
        </CardBody>
      </Card>
      <Card>
        <CardTitle component="h2">{t("identities.applications")}</CardTitle>
        <CardBody>
          <ApplicationTable clients={session.clients} />
        </CardBody>
      </Card>
    </div>
  );
}
