import type { Context } from "../context";
import { type Call, call } from "./http";

type Attributes = Record<string, string | undefined>;

/** Representations are sent back as they came, but for what is changed: most of their members we do not know. */
export interface Realm {
  attributes?: Attributes;
  [member: string]: unknown;
}

export interface ClientRepresentation {
  id: string;
  clientId: string;
  name?: string;
  protocol?: string;
  publicClient?: boolean;
  bearerOnly?: boolean;
  attributes?: Attributes;
  access?: { configure?: boolean };
  [member: string]: unknown;
}

export interface IdentityProviderRepresentation {
  alias: string;
  displayName?: string;
  providerId?: string;
  config?: Attributes;
  [member: string]: unknown;
}

export interface Account {
  id: string;
  username: string;
  firstName?: string;
  lastName?: string;
  enabled: boolean;
}

/** The administrator, and what he may do in the realm that is looked at. */
export interface WhoAmI {
  userId: string;
  /** The realm of his account. */
  realm: string;
  realm_access: Record<string, string[] | undefined>;
}

/** Keycloak's own Admin REST API, as far as the page needs it. */
export class KeycloakApi {
  private readonly context: Context;
  private readonly realmUrl: string;

  constructor(context: Context) {
    this.context = context;
    this.realmUrl = `${context.adminBaseUrl}/admin/realms/${encodeURIComponent(context.realm)}`;
  }

  whoAmI(signal?: AbortSignal): Promise<WhoAmI> {
    const { adminBaseUrl, loginRealm, realm } = this.context;
    const query = new URLSearchParams({ currentRealm: realm });
    return this.send(`${adminBaseUrl}/admin/${encodeURIComponent(loginRealm)}/console/whoami?${query.toString()}`, {
      signal,
    });
  }

  realm(signal?: AbortSignal): Promise<Realm> {
    return this.send(this.realmUrl, { signal });
  }

  /** Changes these attributes and nothing else; empty text unsets one. */
  async setRealmAttributes(changes: Record<string, string>): Promise<void> {
    const realm = await this.realm();
    await this.send(this.realmUrl, { method: "PUT", body: withAttributes(realm, changes) });
  }

  clients(search: string, first: number, max: number, signal?: AbortSignal): Promise<ClientRepresentation[]> {
    const query = new URLSearchParams({ first: String(first), max: String(max) });
    if (search) {
      query.set("clientId", search);
      query.set("search", "true");
    }
    return this.send(`${this.realmUrl}/clients?${query.toString()}`, { signal });
  }

  /** Changes these attributes and nothing else; empty text unsets one. */
  async setClientAttributes(id: string, changes: Record<string, string>): Promise<void> {
    const url = `${this.realmUrl}/clients/${encodeURIComponent(id)}`;
    const client = await this.send<ClientRepresentation>(url);
    await this.send(url, { method: "PUT", body: withAttributes(client, changes) });
  }

  /** An account, whether or not anybody is signed in with it. */
  user(keycloakUserId: string, signal?: AbortSignal): Promise<Account> {
    return this.send(`${this.realmUrl}/users/${encodeURIComponent(keycloakUserId)}`, { signal });
  }

  /** Disables an account, so that no one signs in with it until it is enabled again. */
  async disableUser(keycloakUserId: string): Promise<void> {
    const url = `${this.realmUrl}/users/${encodeURIComponent(keycloakUserId)}`;
    const user = await this.send<Record<string, unknown>>(url);
    await this.send(url, { method: "PUT", body: { ...user, enabled: false } });
  }

  identityProviders(signal?: AbortSignal): Promise<IdentityProviderRepresentation[]> {
    return this.send(`${this.realmUrl}/identity-provider/instances?briefRepresentation=true`, { signal });
  }

  /** All of them with their settings; secrets are masked. */
  identityProvidersInFull(signal?: AbortSignal): Promise<IdentityProviderRepresentation[]> {
    return this.send(`${this.realmUrl}/identity-provider/instances`, { signal });
  }

  /** Changes this entry of the provider's settings and nothing else. A masked secret stays what it is. */
  async setIdentityProviderConfig(alias: string, key: string, value: string): Promise<void> {
    const url = `${this.realmUrl}/identity-provider/instances/${encodeURIComponent(alias)}`;
    const provider = await this.send<IdentityProviderRepresentation>(url);
    await this.send(url, { method: "PUT", body: { ...provider, config: { ...provider.config, [key]: value } } });
  }

  private async send<T>(url: string, how: Call = {}): Promise<T> {
    return (await call(this.context, url, how)) as T;
  }
}

/**
 * Keycloak's own id in one of ours: `usr_` and the id, or `usr_x_` and the id in base64url where it holds characters
 * that have a meaning in a path.
 */
export function keycloakUserId(userId: string): string {
  const id = userId.replace(/^usr_/, "");
  if (!id.startsWith("x_")) {
    return id;
  }
  const bytes = atob(id.slice(2).replace(/-/g, "+").replace(/_/g, "/"));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

function withAttributes<T extends { attributes?: Attributes }>(representation: T, changes: Record<string, string>): T {
  return { ...representation, attributes: { ...representation.attributes, ...changes } };
}
