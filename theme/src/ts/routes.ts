import { pathOf, placeOf } from "./addresses";
import { fromAddress, toAddress } from "./filter/kept";

/** Our pages, each with the view that its address holds. */
export type Route =
  | ({ page: "users" } & ListView)
  | ({ page: "sessions" } & ListView)
  | ({ page: "user"; userId: string } & ListView)
  | ({ page: "session"; userId: string; sessionId: string } & ListView)
  | { page: "settings" };

/** The part of the list that is shown. Pages below the list keep it, so that the way back leads to the same part. */
export interface ListView {
  /** Of pages below a list: the list above. Without it that is the list of people. */
  list?: "sessions" | undefined;
  search: string;
  identityProvider: string;
  order: Order;
  /** An expression of the server's filter language. */
  filter?: string | undefined;
  /** The rows of a page; without it `PAGE_SIZE`. */
  size?: number | undefined;
  /** The server's cursors of all pages from the second to the one that is looked at; none on the first page. */
  before?: readonly string[] | undefined;
  /** The second that the server's `time.now` stands for on pages after the first: that of the first. */
  asOf?: string | undefined;
}

/**
 * Most recently active first, or the fixed order of the ids, in which no row moves between pages. By name, by the number
 * of sessions and by the last login the page orders what it shows.
 */
export type Order = (typeof orders)[number];

export const orders = ["last_active", "id", "name", "sessions", "last_login"] as const;

/** The rows of a page, and how many there may be. The server gives no more than 100 at once. */
export const PAGE_SIZE = 50;
export const pageSizes: readonly number[] = [20, PAGE_SIZE, 100];

export type UsersRoute = Extract<Route, { page: "users" }>;
export type SessionsRoute = Extract<Route, { page: "sessions" }>;
export type ListRoute = UsersRoute | SessionsRoute;
export type UserRoute = Extract<Route, { page: "user" }>;
export type SessionRoute = Extract<Route, { page: "session" }>;

export const allUsers: UsersRoute = {
  page: "users",
  search: "",
  identityProvider: "",
  order: "last_active",
};

export const allSessions: SessionsRoute = { ...allUsers, page: "sessions" };

/** The list above a page. */
export function listAbove({ list, search, identityProvider, order, filter, size, before, asOf }: ListView): ListRoute {
  return { page: list ?? "users", search, identityProvider, order, filter, size, before, asOf };
}

/** A list as pages below it keep it. */
export function below({ page, ...view }: ListRoute): ListView {
  return page === "sessions" ? { ...view, list: page } : view;
}

/** Our page at an address; undefined where there is none. */
export function parseRoute(hash: string): Route | undefined {
  const place = placeOf(hash);
  return place === undefined || place.page === "settings"
    ? place
    : { ...place, ...viewIn(new URLSearchParams(hash.split("?")[1])) };
}

function viewIn(query: URLSearchParams): ListView {
  const before = query.getAll("before_id");
  const filter = fromAddress(query.get("filter") ?? "");
  const size = pageSizes.find((one) => String(one) === query.get("size"));
  const asOf = query.get("as_of");
  return {
    search: query.get("search") ?? "",
    identityProvider: query.get("identity_provider") ?? "",
    order: orders.find((order) => order === query.get("order")) ?? "last_active",
    ...(query.get("list") === "sessions" ? { list: "sessions" } : {}),
    ...(filter ? { filter } : {}),
    ...(size ? { size } : {}),
    ...(before.length > 0 ? { before } : {}),
    ...(asOf ? { asOf } : {}),
  };
}

/** The address of a page of ours. */
export function hashOf(realm: string, route: Route): string {
  return `${pathOf(realm, ...tailOf(route))}${queryOf(route)}`;
}

/** The address of Keycloak's own page about a user. */
export function accountHashOf(realm: string, keycloakUserId: string): string {
  return `#/${[realm, "users", keycloakUserId, "settings"].map(encodeURIComponent).join("/")}`;
}

/** The console's page of a client, by its internal id. */
export function clientHashOf(realm: string, uuid: string): string {
  return `#/${[realm, "clients", uuid, "settings"].map(encodeURIComponent).join("/")}`;
}

function tailOf(route: Route): string[] {
  switch (route.page) {
    case "users":
    case "sessions":
    case "settings":
      return [route.page];
    case "user":
      return ["users", route.userId];
    case "session":
      return ["users", route.userId, "sessions", route.sessionId];
  }
}

function queryOf(route: Route): string {
  if (route.page === "settings") {
    return "";
  }
  const query = new URLSearchParams();
  if (route.search) {
    query.set("search", route.search);
  }
  if (route.identityProvider) {
    query.set("identity_provider", route.identityProvider);
  }
  if (route.order !== "last_active") {
    query.set("order", route.order);
  }
  if (route.list) {
    query.set("list", route.list);
  }
  if (route.filter) {
    query.set("filter", toAddress(route.filter));
  }
  if (route.size && route.size !== PAGE_SIZE) {
    query.set("size", String(route.size));
  }
  route.before?.forEach((cursor) => {
    query.append("before_id", cursor);
  });
  if (route.asOf) {
    query.set("as_of", route.asOf);
  }
  return query.size > 0 ? `?${query.toString()}` : "";
}
