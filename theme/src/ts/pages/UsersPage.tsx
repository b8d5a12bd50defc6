import { type ReactElement, useCallback, useMemo, useRef } from "react";
import type { User } from "../api/types";
import { Attribution } from "../components/Attribution";
import { State } from "../components/Failure";
import { Frame } from "../components/Frame";
import { LiveMark } from "../components/LiveMark";
import { Loaded } from "../components/Loaded";
import { Pager } from "../components/Pager";
import { PageTabs } from "../components/PageTabs";
import { RevokeSelected } from "../components/RevokeSelected";
import { SearchState } from "../components/SearchState";
import { Section } from "../components/Section";
import { Status } from "../components/Status";
import { TotalMark } from "../components/TotalMark";
import { Export } from "../export/Export";
import { usersAsCsv } from "../export/tables";
import { FilterBar } from "../filter/FilterBar";
import { useOffered } from "../filter/useOffered";
import { useConsole } from "../hooks/console";
import { useListPage } from "../hooks/useListPage";
import { usePermissions } from "../hooks/usePermissions";
import { usePlace } from "../hooks/usePlace";
import { useSelection } from "../hooks/useSelection";
import { useSteadyRows } from "../hooks/useSteadyRows";
import { useTotal } from "../hooks/useTotal";
import { isOwn } from "../revoke/target";
import { useRevocation } from "../revoke/useRevocation";
import { hashOf, type UsersRoute } from "../routes";
import { inOrder, OrderChoice } from "./OrderChoice";
import { UserTable } from "./UserTable";

const NOBODY: readonly User[] = [];

/** Everybody who is signed in. What is searched for stands in the address. */
export function UsersPage({ route }: { route: UsersRoute }): ReactElement {
  const { identities, realm, t, whoAmI } = useConsole();
  const { viewUsers } = usePermissions();
  const { size, paging, listing, live, goTo } = useListPage(
    route,
    useCallback(
      async (query: string, signal: AbortSignal) => {
        const page = await identities.users(query, signal);
        return { rows: page.application_users, next_page_uri: page.next_page_uri };
      },
      [identities],
    ),
  );
  const found = listing.data?.rows ?? NOBODY;
  const steady = useSteadyRows(
    useMemo(() => inOrder(found, route.order), [found, route.order]),
    `${route.order} ${paging.query}`,
  );
  const users = steady.rows;
  const total = useTotal(route, found.map(({ id }) => id).join(" "));
  const offered = useOffered(
    useMemo(
      () => ({
        sessions: found.map((user) => user.latest_session),
        providers: found.flatMap((user) => user.identity_providers),
        clients: found.flatMap((user) => user.clients),
      }),
      [found],
    ),
  );
  const selection = useSelection(
    users.filter((user) => user.access.manage).map((user) => user.id),
    users.filter((user) => isOwn({ user }, whoAmI.data, realm)).map((user) => user.id),
  );
  const revocation = useRevocation(async (done) => {
    selection.drop(done.map(({ user }) => user.id));
    await Promise.all([listing.reload(), total.reload()]);
    steady.show();
  });

  const rows = useRef<HTMLDivElement>(null);
  usePlace(hashOf(realm, route), users.length > 0, rows);
  const next = listing.data?.next;
  const isSearched = route.search !== "" || route.identityProvider !== "";
  const isFiltered = isSearched || Boolean(route.filter);
  const nobody = () => {
    if (next !== undefined) {
      return isFiltered ? t("identities.users.notFoundYet") : t("identities.users.noneVisibleYet");
    }
    if (paging.number > 1) {
      return t("identities.users.noneHere");
    }
    if (isFiltered) {
      return t("identities.users.notFound");
    }
    return viewUsers ? t("identities.users.none") : t("identities.users.noneVisible");
  };
  const announced = () => {
    const found = t("identities.users.onPage", {
      people: t("identities.count.people", { count: users.length }),
      number: paging.number,
    });
    return selection.ids.length > 0 ? `${found} ${t("identities.selected", { count: selection.ids.length })}` : found;
  };

  return (
    <Frame
      title={t("identities.title")}
      description={t("identities.description")}
      actions={<LiveMark {...live} list={steady} />}
      navigation={<PageTabs active="users" />}
    >
      <Section light>
        <FilterBar route={route} offered={offered} error={listing.error} onChange={goTo}>
          {users.length > 1 && (
            <OrderChoice
              order={route.order}
              isSearched={isSearched}
              onChange={(order) => {
                goTo({ order });
              }}
            />
          )}
          {selection.possible && (
            <RevokeSelected
              selection={selection}
              onClick={() => {
                revocation.ask(users.filter((user) => selection.has(user.id)).map((user) => ({ user })));
              }}
            />
          )}
        </FilterBar>
        {route.search !== "" && <p className="identities-quiet">{t("identities.search.help")}</p>}
        <TotalMark list="users" total={total.data} />
        <Loaded resource={listing}>
          {() =>
            users.length === 0 ? (
              !listing.searching && (
                <State title={nobody()}>
                  {viewUsers && !isFiltered && next === undefined && t("identities.users.none.help")}
                </State>
              )
            ) : (
              <div ref={rows}>
                <UserTable
                  users={users}
                  hold={steady.hold}
                  selection={selection}
                  withProvider={!offered.noProviders}
                  view={route}
                  // Results of a search have an order of their own.
                  order={isSearched ? undefined : route.order}
                  onOrder={(order) => {
                    goTo({ order });
                  }}
                  onRevoke={(user) => {
                    revocation.ask([{ user }]);
                  }}
                />
              </div>
            )
          }
        </Loaded>
        <SearchState listing={listing} back="" />
        <Status>{listing.data ? announced() : ""}</Status>
        {users.length > 0 && <Export name="users" csv={() => usersAsCsv(users)} json={() => users} />}
        {selection.ids.length > 0 && (paging.number > 1 || next !== undefined) && (
          <p className="identities-quiet">{t("identities.selected.here")}</p>
        )}
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
        <Attribution sessions={users.map((user) => user.latest_session)} />
      </Section>
      {revocation.dialog}
    </Frame>
  );
}
