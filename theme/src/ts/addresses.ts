/**
 * The paths of our pages in the console's hash. They have three segments or more: the console takes one of two for its
 * dashboard and would show it underneath. The console loads this with every page of its own, so it is small.
 */
export type Place =
  | { page: "users" }
  | { page: "sessions" }
  | { page: "settings" }
  | { page: "user"; userId: string }
  | { page: "session"; userId: string; sessionId: string };

/** The realm that the console shows; undefined where the hash names none. */
export function realmOf(hash: string): string | undefined {
  return segmentsOf(hash)[0];
}

/** Whether an address is ours, be it complete or not. */
export function isOurs(hash: string): boolean {
  return segmentsOf(hash)[1] === "identities";
}

/** Our page at an address; undefined where there is none. */
export function placeOf(hash: string): Place | undefined {
  const [, ours, page, userId, sessions, sessionId, ...more] = segmentsOf(hash);
  if (ours !== "identities" || more.length > 0) {
    return undefined;
  }
  if ((page === "settings" || page === "sessions" || page === "users") && !userId) {
    return { page };
  }
  if (page !== "users" || !userId) {
    return undefined;
  }
  if (!sessions) {
    return { page: "user", userId };
  }
  return sessions === "sessions" && sessionId ? { page: "session", userId, sessionId } : undefined;
}

/** The address of a page of ours, without its view. */
export function pathOf(realm: string, ...tail: string[]): string {
  return `#/${[realm, "identities", ...tail].map(encodeURIComponent).join("/")}`;
}

/** Our page about what a page of Keycloak's own shows: its sessions, or one user. Undefined where there is none. */
export function counterpartOf(hash: string): string | undefined {
  const [realm, page, userId, tab] = segmentsOf(hash);
  if (realm && page === "sessions" && !userId) {
    return pathOf(realm, "sessions");
  }
  // Without a tab that is another page: a list, or the form for a new user.
  return realm && page === "users" && userId && tab ? pathOf(realm, "users", ourUserId(userId)) : undefined;
}

/** Our id of a user: the server's rule, which knows those of user federation (`f:...`) in base64url only. */
function ourUserId(keycloakUserId: string): string {
  return /^[A-Za-z0-9-]+$/.test(keycloakUserId)
    ? `usr_${keycloakUserId}`
    : `usr_x_${btoa(String.fromCharCode(...new TextEncoder().encode(keycloakUserId)))
        .replace(/=+$/, "")
        .replaceAll("+", "-")
        .replaceAll("/", "_")}`;
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
