import ExternalLinkIcon from "@patternfly/react-icons/dist/esm/icons/external-link-alt-icon";
import type { ReactElement, ReactNode } from "react";
import { sidOf } from "../api/identities";
import type { Session, UserAgent } from "../api/types";
import { Attribution } from "../components/Attribution";
import { Text, Time } from "../components/Bits";
import { Copyable } from "../components/Copyable";
import { Facts } from "../components/Facts";
import { useConsole } from "../hooks/console";
import { LazyMap } from "../map/LazyMap";
import { type Coordinates, coordinatesOf, mapServiceUrl } from "../map/coordinates";
import { undirected } from "../text";
import { versioned } from "../words";
import { Provider } from "./UserOverview";

/** With what a session was begun: what the browser says of itself. */
export function DeviceFacts({ userAgent }: { userAgent: UserAgent }): ReactElement {
  const { t, words } = useConsole();
  return (
    <Facts
      facts={[
        [t("identities.device.type"), text(words.deviceType(userAgent.device_type))],
        [t("identities.device.browser"), text(versioned(userAgent.browser_name, userAgent.browser_version))],
        [t("identities.device.system"), text(versioned(userAgent.os_name, userAgent.os_version))],
        [
          t("identities.device.userAgent"),
          userAgent.raw && <bdi className="identities-raw">{undirected(userAgent.raw)}</bdi>,
        ],
      ]}
    />
  );
}

/** How long a session lives, and where it came from. */
export function LifeFacts({ session }: { session: Session }): ReactElement {
  const { t, words } = useConsole();
  const signIn = words.signIn(session);
  return (
    <Facts
      facts={[
        [t("identities.started"), <Time at={session.created_at} exact />],
        [t("identities.lastActive"), <Time at={session.last_active} exact />],
        [t("identities.session.endsUnlessUsed"), <Time at={session.idle_expires_at} future exact />],
        [t("identities.session.endsAtTheLatest"), <Time at={session.expires_at} future exact />],
        [
          t("identities.session.kind"),
          session.kind === "offline" ? t("identities.session.kind.offline") : t("identities.session.kind.online"),
        ],
        [t("identities.session.rememberMe"), session.remember_me ? t("identities.yes") : t("identities.no")],
        ...(signIn ? [[t("identities.session.signIn"), <Text>{signIn}</Text>] as const] : []),
        [t("identities.identityProvider"), <Provider provider={session.identity_provider} />],
        [t("identities.session.protocol"), protocolName(session.auth_method)],
        [t("identities.session.sid"), <Copyable>{sidOf(session.id)}</Copyable>],
        [t("identities.id"), <Copyable>{session.id}</Copyable>],
      ]}
    />
  );
}

/** From where, as far as the address tells. */
export function PlaceFacts({ session }: { session: Session }): ReactElement {
  const { t, words } = useConsole();
  const { ip_address: address, location, recorded_ip_address: recorded } = session.browser_session;
  const coordinates = coordinatesOf(location);
  return (
    <>
      <Facts
        facts={[
          [t("identities.address"), text(address)],
          ...(recorded === address ? [] : [[t("identities.address.recorded"), text(recorded)] as const]),
          [t("identities.place.city"), text(location?.city)],
          [t("identities.place.country"), text(words.country(location))],
          [t("identities.place.coordinates"), coordinates && <CoordinatesLink coordinates={coordinates} />],
          [t("identities.place.accuracy"), location && words.accuracy(location)],
        ]}
      />
      <LazyMap sessions={[session]} />
      <Attribution sessions={[session]} />
    </>
  );
}

function CoordinatesLink({ coordinates }: { coordinates: Coordinates }): ReactElement {
  const { t } = useConsole();
  return (
    <span>
      {`${coordinates.latitude}, ${coordinates.longitude} `}
      <a href={mapServiceUrl(coordinates)} target="_blank" rel="noopener noreferrer">
        {t("identities.place.open")} <ExternalLinkIcon aria-hidden />
      </a>
    </span>
  );
}

function protocolName(protocol: string): string {
  switch (protocol) {
    case "openid-connect":
      return "OpenID Connect";
    case "saml":
      return "SAML";
    default:
      return protocol;
  }
}

function text(value: string | null | undefined): ReactNode {
  return value?.trim() ? <Text>{value.trim()}</Text> : null;
}
