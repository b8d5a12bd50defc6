import { type ReactElement, useCallback, useMemo, useRef, useState } from "react";
import type { Session } from "../api/types";
import { BulkDialog } from "../bulk/BulkDialog";
import { Attribution } from "../components/Attribution";
import { State } from "../components/Failure";
import { Frame } from "../components/Frame";
import { LiveMark } from "../components/LiveMark";
import { Loaded } from "../components/Loaded";
import { Pager } from "../components/Pager";
import { PageTabs } from "../components/PageTabs";
import { SearchState } from "../components/SearchState";
import { Section } from "../components/Section";
import { Status } from "../components/Status";
import { TotalMark } from "../components/TotalMark";
import { Export } from "../export/Export";
import { sessionsAsCsv } from "../export/tables";
import { FilterBar } from "../filter/FilterBar";
import { useOffered } from "../filter/useOffered";
import { useConsole } from "../hooks/console";
import { useListPage } from "../hooks/useListPage";
import { usePlace } from "../hooks/usePlace";
import { useSteadyRows } from "../hooks/useSteadyRows";
import { useTotal } from "../hooks/useTotal";
import { Button } from "../pf";
import { targetOf } from "../revoke/target";
import { useRevocation } from "../revoke/useRevocation";
import { below, hashOf, type SessionsRoute } from "../routes";
import { SessionTable } from "./SessionTable";

const NONE: readonly Session[] = [];

/** All sessions, newest first, or those that match a filter; and the way to end all of these. */
export function SessionsPage({ route }: { route: SessionsRoute }): ReactElement {
  const { identities, realm, t } = useConsole();
  const filter = route.filter ?? "";
  const { size, paging, listing, live, goTo } = useListPage(
    route,
    useCallback(
      async (query: string, signal: AbortSignal) => {
        const page = await identities.sessions(query, signal);
        return { rows: page.application_sessions, next_page_uri: page.next_page_uri };
      },
      [identities],
    ),
  );
  const latest = listing.data?.rows ?? NONE;
  const steady = useSteadyRows(latest, paging.query);
  const sessions = steady.rows;
  const total = useTotal(route, latest.map(({ id }) => id).join(" "));
  const offered = useOffered(
    useMemo(
      () => ({
        sessions: latest,
        providers: latest.map((session) => session.identity_provider),
        clients: latest.flatMap((session) => session.clients),
      }),
      [latest],
    ),
  );
  const refresh = async () => {
    await Promise.all([listing.reload(), total.reload()]);
    steady.show();
  };
  const revocation = useRevocation(refresh);
  const [bulk, setBulk] = useState(false);
  const bulkButton = useRef<HTMLButtonElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  usePlace(hashOf(realm, route), sessions.length > 0, rows);

  const next = listing.data?.next;
  const nothing = () => {
    if (next !== undefined) {
      return t("identities.sessions.notFoundYet");
    }
    if (paging.number > 1) {
      return t("identities.sessions.noneHere");
    }
    return filter ? t("identities.sessions.notFound") : t("identities.sessions.none");
  };
  const onPage = t("identities.users.onPage", {
    people: t("identities.count.sessions", { count: sessions.length }),
    number: paging.number,
  });
  return (
    <Frame
      title={t("identities.title")}
      description={t("identities.description")}
      actions={<LiveMark {...live} list={steady} />}
      navigation={<PageTabs active="sessions" />}
    >
      <Section light>
        <FilterBar route={route} offered={offered} error={listing.error} onChange={goTo}>
          {sessions.some((session) => session.access.manage) && (
            <Button
              ref={bulkButton}
              variant="secondary"
              isDanger
              onClick={() => {
                bulkButton.current?.blur();
                setBulk(true);
              }}
            >
              {t("identities.bulk")}
            </Button>
          )}
        </FilterBar>
        <TotalMark list="sessions" total={total.data} />
        <Loaded resource={listing}>
          {() =>
            sessions.length === 0 ? (
              !listing.searching && <State title={nothing()} />
            ) : (
              <div ref={rows}>
                <SessionTable
                  ofAll
                  paged={paging.number > 1 || next !== undefined}
                  sessions={sessions}
                  above={below(route)}
                  hold={steady.hold}
                  onRevoke={(chosen) => {
                    revocation.ask(chosen.map(targetOf));
                  }}
                />
              </div>
            )
          }
        </Loaded>
        <SearchState listing={listing} back={sessions.at(-1)?.created_at ?? ""} />
        <Status>{listing.data ? onPage : ""}</Status>
        {sessions.length > 0 && <Export name="sessions" csv={() => sessionsAsCsv(sessions)} json={() => sessions} />}
        <Pager
          paging={paging}
          next={next}
          size={{
            value: size,
            onChange: (chosen) => {
              goTo({ size: chosen });
            },
          }}
        />
        <Attribution sessions={sessions} />
      </Section>
      {revocation.dialog}
      {bulk && (
        <BulkDialog
          filter={filter}
          onClose={(changed) => {
            setBulk(false);
            setTimeout(() => {
              bulkButton.current?.focus({ preventScroll: true });
            });
            if (changed) {
              void refresh();
            }
          }}
        />
      )}
    </Frame>
  );
}
