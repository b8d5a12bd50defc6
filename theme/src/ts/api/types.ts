/** The server's JSON, as far as we use it. Text that is unknown is empty. */

export interface User {
  id: string;
  username: string;
  email: string;
  name: string;
  enabled: boolean;
  /** Where the account is; `transient` has none beside the session. A server of before does not say. */
  account?: "stored" | "transient" | "unknown";
  created_at: string;
  last_active: string;
  last_login: string;
  sessions_count: number;
  identity_provider: IdentityProvider;
  identity_providers: IdentityProvider[];
  access: Access;
  /** The applications of the `RECENT_SESSIONS` sessions that were used last; so are the identity providers. */
  clients: Client[];
  latest_session: Session | null;
  signals?: readonly string[];
  signal_details?: SignalDetails;
}

/** What a signal is about, by its code. */
export type SignalDetails = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** So many sessions of a person the server looks at for what it says of the person. */
export const RECENT_SESSIONS = 20;

export interface Session {
  id: string;
  created_at: string;
  last_active: string;
  expires_at: string;
  idle_expires_at: string;
  kind: "online" | "offline";
  browser_session: BrowserSession;
  application_user: PersonRef;
  identity_provider: IdentityProvider;
  auth_method: string;
  remember_me: boolean;
  clients: Client[];
  access: Access;
  /** Whether it is the one of the administrator who asks. */
  current: boolean;
  /** The administrator who became the person; the id is empty where the one who asks may not see who that is. */
  impersonator: { id: string; username: string } | null;
  /** By which request it began, if no browser signed in. */
  grant: string | null;
  /** Why Keycloak refuses it now, although it has not ended. */
  suspended: string | null;
  /** Codes of what is noticeable about it. */
  signals?: readonly string[];
  signal_details?: SignalDetails;
}

/** A session's person; the names are given in lists of sessions. */
export interface PersonRef {
  id: string;
  username?: string;
  name?: string;
}

export interface BrowserSession {
  user_agent: UserAgent;
  /** The address that the recorded text means, or that text where it means none. */
  ip_address: string;
  location: Location | null;
  recorded_ip_address: string;
}

export interface UserAgent {
  raw: string;
  browser_name: string;
  browser_version: string;
  device_type: string;
  os_name: string;
  os_version: string;
}

/** Where an address is, roughly. A country may be all that is known. */
export interface Location {
  country_code: string | null;
  latitude: number | null;
  longitude: number | null;
  lat_long_radius_km: number | null;
  city: string | null;
  /** What the licence of the location database wants to stand beside the place, word for word. */
  attribution: string | null;
  /** What that text links to. */
  attribution_url: string | null;
}

/** The identity provider of a person; the alias of the realm itself is empty. */
export interface IdentityProvider {
  name: string;
  url: string;
  alias: string;
}

export interface Client {
  client_id: string;
  name: string;
  base_url: string;
  started_at: string;
  last_active: string;
  /** Keycloak's internal id, by which the console finds it; empty where it may not be viewed. */
  uuid?: string;
}

/** The administrator's permissions for a row. */
export interface Access {
  manage: boolean;
}

export interface UserPage {
  total?: Total;
  application_users: User[];
  next_page_uri: string | null;
}

export interface SessionPage {
  total?: Total;
  application_sessions: Session[];
  next_page_uri: string | null;
}

/** How many entries a list has; with `gte` at least so many, because counting is bounded. */
export interface Total {
  value: number;
  relation: "eq" | "gte";
}

/** What a call would end, and the ticket with which it ends that and nothing else. */
export interface DryRun {
  sessions: number;
  users: number;
  applications: number;
  /** Sessions by the alias of their identity provider, which is empty for the realm's own accounts. */
  identity_providers: Readonly<Record<string, number>>;
  /** Whether more match than one call ends. */
  more: boolean;
  /** Those that the administrator may see and not end. */
  forbidden: number;
  includes_caller: boolean;
  reason_required: boolean;
  as_of: string;
  sample: Session[];
  ticket: string;
  expires_at: string;
}

/** What a call has ended of that. */
export interface BulkReport {
  ended: number;
  already_gone: number;
  no_longer_matching: number;
  /** Those that match now and did not when they were counted; they were left alone. */
  new: number;
  forbidden: number;
  failed: { id: string; message: string }[];
  caller_left_out: boolean;
  more: boolean;
  reports: SessionReport[];
}

/** A line of the answer of a call that tells how far it is. */
export interface BulkLine {
  progress?: BulkProgress;
  result?: BulkReport;
  /** The call broke off; what was reported until then is ended. */
  error?: { error_code: string; status_code: number; msg: string };
}

export interface BulkProgress {
  done: number;
  of: number;
}

/** The outcome of a call for each session that it was to end. */
export interface RevocationReport {
  sessions: SessionReport[];
}

export interface SessionReport {
  id: string;
  kind: "online" | "offline";
  status: "revoked" | "already_gone" | "failed";
  applications: ApplicationReport[];
}

/** Whether an application, or an identity provider as `idp:<alias>`, knows that the session is over. */
export interface ApplicationReport {
  party: string;
  name: string;
  status: "confirmed" | "pending" | "failed" | "cannot_tell";
}
