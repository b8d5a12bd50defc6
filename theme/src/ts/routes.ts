/**
 * Addresses of our pages, in the console's hash. They have three segments or more: the console takes one of two for its
 * dashboard and would show it underneath.
 */
export type Route =
  | ({ page: "users" } & ListView)
  | ({ page: "user"; userId: string } & ListView)
  | ({ page: "session"; userId: string; sessionId: string } & ListView)
  | { page: "settings" };

/** The part of the list that is shown. Pages below the list keep it, so that the way back leads to the same part. */
export interface ListView {
  search: string;
  identityProvider: string;
  order: Order;
  /** The server's cursors of all pages from the second to the one that is looked at; none on the first page. */
  before?: readonly string[] | undefined;
}

/** Most recently active first, or the fixed order of the ids, in which no row moves between pages. */
export type Order = "last_active" | "id";

export type UsersRoute = Extract<Route, { page: "users" }>;
export type UserRoute = Extract<Route, { page: "user" }>;
export type SessionRoute = Extract<Route, { page: "session" }>;

export const allUsers: UsersRoute = {
  page: "users",
  search: "",
  identityProvider: "",
  order: "last_active",
};

/** The list above a page. */
export function listAbove({ search, identityProvider, order, before }: ListView): UsersRoute {
  return { page: "users", search, identityProvider, order, before };
}

/** The realm that the console shows; undefined where the hash names none. */
export function realmOf(hash: string): string | undefined {
  return segmentsOf(hash)[0];
}

/** Whether an address is ours, be it complete or not. */
export function isOurs(hash: string): boolean {
  return segmentsOf(hash)[1] === "identities";
}

/** Our page at an address; undefined where there is none. */
export function parseRoute(hash: string): Route | undefined {
  const [, ours, page, userId, sessions, sessionId, ...more] = segmentsOf(hash);
  if (ours !== "identities" || more.length > 0) {
    return undefined;
  }
  if (page === "settings" && !userId) {
    return { page };
  }
  if (page !== "users") {
    return undefined;
  }
  const query = new URLSearchParams(hash.split("?")[1]);
  const before = query.getAll("before_id");
  const view: ListView = {
    search: query.get("search") ?? "",
    identityProvider: query.get("identity_provider") ?? "",
    order: query.get("order") === "id" ? "id" : "last_active",
    ...(before.length > 0 ? { before } : {}),
  };
  if (!userId) {
    return { page, ...view };
  }
  if (!sessions) {
    return { page: "user", userId, ...view };
  }
  return sessions === "sessions" && sessionId ? { page: "session", userId, sessionId, ...view } : undefined;
}

/** The address of a page of ours. */
export function hashOf(realm: string, route: Route): string {
  return `#/${[realm, "identities", ...tailOf(route)].map(encodeURIComponent).join("/")}${queryOf(route)}`;
}

/** The address of Keycloak's own page about a user. */
export function accountHashOf(realm: string, keycloakUserId: string): string {
  return `#/${[realm, "users", keycloakUserId, "settings"].map(encodeURIComponent).join("/")}`;
}

function tailOf(route: Route): string[] {
  switch (route.page) {
    case "users":
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
  route.before?.forEach((cursor) => {
    query.append("before_id", cursor);
  });
  return query.size > 0 ? `?${query.toString()}` : "";
}

function segmentsOf(hash: string): string[] {
  const path = hash.replace(/^#\/?/, "").split("?")[0] ?? "";
  return path.split("/").filter(Boolean).map(decode);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // An address that somebody mistyped is no reason to fail.
  }
}
