import { sidOf } from "../api/identities";
import type { IdentityProvider, Session, User } from "../api/types";
import { csv } from "./csv";

/*
 * The tables are for evidence and for other programs: names of columns and values are the API's, the same in every
 * language.
 */

export function usersAsCsv(users: readonly User[]): string {
  const head = [
    ["id", "username", "name", "email", "enabled", "identity_providers", "sessions_count", "applications"],
    ["last_login", "last_active", "latest_ip_address", "latest_city", "latest_country_code", "latest_user_agent"],
  ].flat();
  return csv(
    head,
    users.map((user) => {
      const latest = user.latest_session?.browser_session;
      return [
        ...[user.id, user.username, user.name, user.email, user.enabled],
        user.identity_providers.map(providerName).join("; "),
        user.sessions_count,
        user.clients.map((client) => client.client_id).join("; "),
        ...[user.last_login, user.last_active, latest?.ip_address ?? ""],
        ...[latest?.location?.city ?? "", latest?.location?.country_code ?? "", latest?.user_agent.raw ?? ""],
      ];
    }),
  );
}

export function sessionsAsCsv(sessions: readonly Session[]): string {
  const head = [
    ["id", "sid", "user_id", "kind", "started", "last_active", "idle_expires_at", "expires_at", "remember_me"],
    ["auth_method", "identity_provider", "applications", "ip_address", "city", "country_code", "latitude", "longitude"],
    ["radius_km", "browser", "operating_system", "device_type", "user_agent"],
  ].flat();
  return csv(
    head,
    sessions.map((session) => {
      const { ip_address: address, location, user_agent: agent } = session.browser_session;
      return [
        ...[session.id, sidOf(session.id), session.application_user.id, session.kind],
        ...[session.created_at, session.last_active, session.idle_expires_at, session.expires_at, session.remember_me],
        ...[session.auth_method, providerName(session.identity_provider)],
        session.clients.map((client) => client.client_id).join("; "),
        ...[address, location?.city ?? "", location?.country_code ?? ""],
        ...[location?.latitude ?? "", location?.longitude ?? "", location?.lat_long_radius_km ?? ""],
        ...[`${agent.browser_name} ${agent.browser_version}`.trim(), `${agent.os_name} ${agent.os_version}`.trim()],
        ...[agent.device_type, agent.raw],
      ];
    }),
  );
}

function providerName(provider: IdentityProvider): string {
  return provider.alias || provider.name;
}
