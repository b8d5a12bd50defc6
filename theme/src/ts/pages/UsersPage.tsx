import { type ReactElement, useCallback, useMemo, useRef } from "react";
import { nextQuery } from "../api/identities";
import { Attribution } from "../components/Attribution";
import { State } from "../components/Failure";
import { Frame } from "../components/Frame";
import { LiveMark } from "../components/LiveMark";
import { Loaded } from "../components/Loaded";
import { Pager } from "../components/Pager";
import { PageTabs } from "../components/PageTabs";
import { RevokeSelected } from "../components/RevokeSelected";
import { SearchField } from "../components/SearchField";
import { Section } from "../components/Section";
import { Status } from "../components/Status";
import { Export } from "../export/Export";
import { usersAsCsv } from "../export/tables";
import { useConsole } from "../hooks/console";
import { useIdentityProviders } from "../hooks/useIdentityProviders";
import { useLive } from "../hooks/useLive";
import { pagingBy } from "../hooks/usePaging";
import { usePermissions } from "../hooks/usePermissions";
import { usePlace } from "../hooks/usePlace";
import { useResource } from "../hooks/useResource";
import { useSelection } from "../hooks/useSelection";
import { useSteadyRows } from "../hooks/useSteadyRows";
import { isOwn } from "../revoke/target";
import { useRevocation } from "../revoke/useRevocation";
import { hashOf, type UsersRoute } from "../routes";
import { ProviderFilter } from "./ProviderFilter";
import { UserTable } from "./UserTable";

const LIMIT = "50";

/** Everybody who is signed in. What is searched for stands in the address. */
export function UsersPage({ route }: { route: UsersRoute }): ReactElement {
  const { identities, realm, t, whoAmI } = useConsole();
  const { viewUsers } = usePermissions();
  const paging = pagingBy(firstQuery(route), route.before ?? [], (before) => {
    location.assign(hashOf(realm, { ...route, before }));
  });
  const page = useResource(
    useCallback((signal: AbortSignal) => identities.users(paging.query, signal), [identities, paging.query]),
  );
  const live = useLive(page);
  const steady = useSteadyRows(
    useMemo(() => page.data?.application_users ?? [], [page.data]),
    paging.query,
  );
  const users = steady.rows;
  const providers = useIdentityProviders(
    useMemo(() => page.data?.application_users.flatMap((user) => user.identity_providers) ?? [], [page.data]),
  );
  const selection = useSelection(
    users.filter((user) => user.access.manage).map((user) => user.id),
    users.filter((user) => isOwn({ user }, whoAmI.data, realm)).map((user) => user.id),
  );
  const revocation = useRevocation(async (done) => {
    selection.drop(done.map(({ user }) => user.id));
    await page.reload();
    steady.show();
  });

  const rows = useRef<HTMLDivElement>(null);
  usePlace(hashOf(realm, route), users.length > 0, rows);

  /** Another list begins with its first page. */
  const goTo = (change: Partial<UsersRoute>) => {
    location.replace(hashOf(realm, { ...route, before: undefined, ...change }));
  };
  const next = page.data && nextQuery(page.data);
  const isFiltered = route.search !== "" || route.identityProvider !== "";
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
        <div className="identities-bar">
          <SearchField
            label={t("identities.search")}
            text={route.search}
            onSearch={(search) => {
              goTo({ search });
            }}
          />
          <ProviderFilter
            alias={route.identityProvider}
            providers={providers}
            onChange={(identityProvider) => {
              goTo({ identityProvider });
            }}
          />
          {selection.possible && (
            <RevokeSelected
              count={selection.ids.length}
              onClick={() => {
                revocation.ask(users.filter((user) => selection.has(user.id)).map((user) => ({ user })));
              }}
            />
          )}
        </div>
        {route.search !== "" && <p className="identities-quiet">{t("identities.search.help")}</p>}
        <Loaded resource={page}>
          {() =>
            users.length === 0 ? (
              <State title={nobody()}>
                {viewUsers && !isFiltered && next === undefined && t("identities.users.none.help")}
              </State>
            ) : (
              <div ref={rows}>
                <UserTable
                  users={users}
                  hold={steady.hold}
                  selection={selection}
                  view={route}
                  // Results of a search have an order of their own.
                  order={isFiltered ? undefined : route.order}
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
        <Status>{page.data ? announced() : ""}</Status>
        {users.length > 0 && <Export name="users" csv={() => usersAsCsv(users)} json={() => users} />}
        {selection.ids.length > 0 && (paging.number > 1 || next !== undefined) && (
          <p className="identities-quiet">{t("identities.selected.here")}</p>
        )}
        <Pager paging={paging} next={next} />
        <Attribution sessions={users.map((user) => user.latest_session)} />
      </Section>
      {revocation.dialog}
    </Frame>
  );
}

function firstQuery({ search, identityProvider, order }: UsersRoute): string {
  return new URLSearchParams({
    limit: LIMIT,
    ...(order === "last_active" ? { order_by: order } : {}),
    ...(search ? { search } : {}),
    ...(identityProvider ? { identity_provider: identityProvider } : {}),
  }).toString();
}
