import { keycloakUserId, type WhoAmI } from "../api/keycloak";
import type { Session, User } from "../api/types";

/** What is to be ended: a session of a person, or all of them. */
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
