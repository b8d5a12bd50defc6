import { keycloakUserId, type WhoAmI } from "../api/keycloak";
import type { Session, User } from "../api/types";

/** A target of a revocation: one session of a person, or all of them. */
export interface Target {
  user: User;
  session?: Session;
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
