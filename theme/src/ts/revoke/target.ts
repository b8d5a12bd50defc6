import { keycloakUserId, type WhoAmI } from "../api/keycloak";
import type { Session, User } from "../api/types";

/** As much of a person as a revocation needs. */
export type TargetUser = Pick<
  User,
  "id" | "name" | "username" | "email" | "sessions_count" | "latest_session" | "account"
>;

/** A target of a revocation: one session of a person, or all of them. */
export interface Target {
  user: TargetUser;
  session?: Session;
}

/** A session of whose person only that is known which the session tells. */
export function targetOf(session: Session): Target {
  const { id, username = "" } = session.application_user;
  const user = { id, name: nameOf(session), username, email: "", sessions_count: 1, latest_session: session };
  return { user, session };
}

/** The name of a session's person; Keycloak's id where the server gives no name. */
function nameOf({ application_user: { id, name, username } }: Session): string {
  return [name, username].find(Boolean) ?? keycloakUserId(id);
}

/** Whether the administrator cuts himself off by it. */
export function isOwn({ user, session }: Target, whoAmI: WhoAmI | undefined, realm: string): boolean {
  if (session) {
    return session.current;
  }
  const isOwnAccount = whoAmI?.realm === realm && whoAmI.userId === keycloakUserId(user.id);
  return isOwnAccount || user.latest_session?.current === true;
}

/** How many sessions of how many people end; those of a whole person as far as they are known. */
export function countOf(targets: readonly Target[]): { sessions: number; people: number } {
  return {
    sessions: targets.reduce((sum, { user, session }) => sum + (session ? 1 : user.sessions_count), 0),
    people: new Set(targets.map(({ user }) => user.id)).size,
  };
}
