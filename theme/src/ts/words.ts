import { HIDDEN } from "./applications";
import type { ApplicationReport, Client, IdentityProvider, Location, Session, User, UserAgent } from "./api/types";
import type { Translate } from "./i18n";

/** How the server names whom it does not know. */
const UNKNOWN_USER = "(unknown user)";

/** Seconds in each unit of a relative time, and how many of the unit are still easy to grasp. */
const UNITS: readonly [Intl.RelativeTimeFormatUnit, seconds: number, upTo: number][] = [
  ["second", 1, 60],
  ["minute", 60, 60],
  ["hour", 3_600, 24],
  ["day", 86_400, 60],
  ["month", 30 * 86_400, 24],
  ["year", 365 * 86_400, Infinity],
];

/** Puts what the server says into the administrator's words. */
export class Words {
  private readonly locale: string;
  private readonly t: Translate;
  private readonly exactFormat: Intl.DateTimeFormat;
  private readonly relativeFormat: Intl.RelativeTimeFormat;
  private readonly regions: Intl.DisplayNames;

  constructor(locale: string, t: Translate) {
    this.locale = locale;
    this.t = t;
    this.exactFormat = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "long" });
    this.relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    this.regions = new Intl.DisplayNames(locale, { type: "region" });
  }

  person(user: User): string {
    return user.name === UNKNOWN_USER ? this.t("identities.user.unknown") : user.name || user.username;
  }

  application(client: Client): string {
    return client.client_id === HIDDEN ? this.t("identities.application.hidden") : client.name || client.client_id;
  }

  /** Why an application has no name; undefined where it has one. */
  applicationHelp(client: Client): string | undefined {
    return client.client_id === HIDDEN ? this.t("identities.application.hidden.help") : undefined;
  }

  applications(clients: readonly Client[]): string {
    return this.list(clients.map((client) => this.application(client)));
  }

  /** Who was told of the end of a session. */
  party({ party, name }: ApplicationReport): string {
    return party === HIDDEN ? this.t("identities.application.hidden") : name || party;
  }

  provider(provider: IdentityProvider): string {
    return provider.name || provider.alias;
  }

  /** For example "Chrome on Windows"; of one without a name, whether it is a program. */
  device(userAgent: UserAgent): string {
    const browser = known(userAgent.browser_name);
    const os = known(userAgent.os_name);
    if (browser && os) {
      return this.t("identities.device.browserOnSystem", { browser, system: os });
    }
    if (browser || os) {
      return browser || os;
    }
    return userAgent.device_type === "Bot" ? this.t("identities.device.bot") : this.t("identities.device.unknown");
  }

  /** Who or what began a session, where that was not the person with a browser; empty for those, and when unknown. */
  signIn({ impersonator, grant }: Session): string {
    // Keycloak calls that a grant, too; by whom says more.
    if (impersonator) {
      return impersonator.id
        ? this.t("identities.session.impersonated", { name: impersonator.username })
        : this.t("identities.session.impersonated.hidden");
    }
    return grant ? this.t("identities.session.grant", { grant: this.grant(grant) }) : "";
  }

  private grant(grant: string): string {
    switch (grant) {
      case "client_credentials":
        return this.t("identities.session.grant.clientCredentials");
      case "password":
        return this.t("identities.session.grant.password");
      case "token_exchange":
        return this.t("identities.session.grant.tokenExchange");
      case "impersonation":
        return this.t("identities.session.grant.impersonation");
      default:
        return grant;
    }
  }

  /** For example "Berlin, Germany"; empty when nothing is known. */
  place(location: Location | null): string {
    return [location?.city, this.country(location)].filter(Boolean).join(", ");
  }

  country(location: Location | null): string {
    const code = location?.country_code ?? "";
    try {
      return code && (this.regions.of(code) ?? code);
    } catch {
      return code; // No code of a country.
    }
  }

  /** How far off a place may be. */
  accuracy(location: Location): string {
    if (location.latitude === null || location.longitude === null) {
      return this.t("identities.place.accuracy.country");
    }
    const radius = location.lat_long_radius_km;
    if (radius === null) {
      return this.t("identities.place.accuracy.unknown");
    }
    const kilometres = new Intl.NumberFormat(this.locale, {
      style: "unit",
      unit: "kilometer",
      unitDisplay: "long",
    });
    return this.t("identities.place.accuracy.radius", { radius: kilometres.format(radius) });
  }

  /** Date and time with the time zone. */
  exact(time: string): string {
    const date = new Date(time);
    return Number.isNaN(date.valueOf()) ? time : this.exactFormat.format(date);
  }

  /** For example "3 minutes ago", or "in 2 hours". */
  relative(time: string): string {
    const seconds = (Date.parse(time) - Date.now()) / 1_000;
    if (Number.isNaN(seconds)) {
      return time;
    }
    for (const [unit, size, upTo] of UNITS) {
      const amount = Math.trunc(seconds / size);
      if (Math.abs(amount) < upTo) {
        return this.relativeFormat.format(amount, unit);
      }
    }
    return this.exact(time);
  }

  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: "conjunction" }).format(items);
  }
}

/** For example "Chrome 141.0"; empty where the name is unknown. */
export function versioned(name: string, version: string): string {
  return known(name) && `${name} ${version}`.trim();
}

/** The server says "Other" where it could not tell. */
function known(name: string): string {
  return name === "Other" ? "" : name;
}

/** Whether a text from outside is the address of a page: only such may become a link. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
