import { useConsole } from "./console";

export interface Permissions {
  manageRealm: boolean;
  manageClients: boolean;
  viewClients: boolean;
  viewIdentityProviders: boolean;
  manageIdentityProviders: boolean;
  /** All of them; without it the server may still show some. */
  viewUsers: boolean;
}

/** The actions to offer; none until the permissions are known. The server checks them again. */
export function usePermissions(): Permissions {
  const { realm, whoAmI } = useConsole();
  const roles = whoAmI.data?.realm_access[realm] ?? [];
  return {
    manageRealm: roles.includes("manage-realm"),
    manageClients: roles.includes("manage-clients"),
    viewClients: roles.includes("view-clients") || roles.includes("manage-clients"),
    viewIdentityProviders: roles.includes("view-identity-providers") || roles.includes("manage-identity-providers"),
    manageIdentityProviders: roles.includes("manage-identity-providers"),
    viewUsers: roles.includes("view-users") || roles.includes("manage-users"),
  };
}
