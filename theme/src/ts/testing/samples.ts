import type { BrowserSession, Client, IdentityProvider, Location, Session, User, UserAgent } from "../api/types";

export const userId = "usr_381a13a6-ccf2-4a10-96a8-123f136c4cac";
export const keycloakId = "381a13a6-ccf2-4a10-96a8-123f136c4cac";
export const sessionId = "ses_6b02791darotF-VHnLE5JcDWeVn9XBAMh";

/** What an attacker would like to see at work. */
export const hostile = `<script>document.title="owned"</script><img src=x onerror=alert(1)>{{name}}`;

export const local: IdentityProvider = { name: "Acme", url: "https://sso.example/realms/acme", alias: "" };
export const partner: IdentityProvider = { name: "Partner", url: "https://partner.example", alias: "partner" };

export const berlin: Location = {
  country_code: "DE",
  latitude: 52.52,
  longitude: 13.41,
  lat_long_radius_km: 50,
  city: "Berlin",
  attribution: null,
  attribution_url: null,
};

export function userAgent(changes: Partial<UserAgent> = {}): UserAgent {
  return {
    raw: "Mozilla/5.0 (Windows NT 10.0) Chrome/141.0",
    browser_name: "Chrome",
    browser_version: "141.0",
    device_type: "Desktop",
    os_name: "Windows",
    os_version: "10",
    ...changes,
  };
}

export function client(id: string, changes: Partial<Client> = {}): Client {
  return {
    client_id: id,
    name: id.toUpperCase(),
    base_url: `https://${id}.example/`,
    started_at: "2026-11-22T05:00:00Z",
    last_active: "2026-11-22T05:30:00Z",
    ...changes,
  };
}

type SessionChanges = Partial<Omit<Session, "browser_session">> & {
  browser_session?: Partial<BrowserSession>;
};

export function session(changes: SessionChanges = {}): Session {
  const { browser_session: browser, ...others } = changes;
  return {
    id: sessionId,
    created_at: "2026-11-22T05:00:00Z",
    last_active: "2026-11-22T05:30:00Z",
    expires_at: "2126-11-22T15:00:00Z",
    idle_expires_at: "2126-11-22T06:00:00Z",
    kind: "online",
    application_user: { id: userId },
    identity_provider: local,
    auth_method: "openid-connect",
    remember_me: false,
    clients: [client("mail")],
    access: { manage: true },
    current: false,
    impersonator: null,
    grant: null,
    suspended: null,
    browser_session: {
      user_agent: userAgent(),
      ip_address: "192.0.2.10",
      location: berlin,
      recorded_ip_address: "192.0.2.10",
      ...browser,
    },
    ...others,
  };
}

export function user(changes: Partial<User> = {}): User {
  return {
    id: userId,
    username: "alice.martin",
    email: "alice@acme.example",
    name: "Alice Martin",
    enabled: true,
    created_at: "2026-01-17T01:02:03Z",
    last_active: "2026-11-22T05:30:00Z",
    last_login: "2026-11-22T05:00:00Z",
    sessions_count: 1,
    identity_provider: local,
    identity_providers: [local],
    access: { manage: true },
    clients: [client("mail")],
    latest_session: session(),
    ...changes,
  };
}
