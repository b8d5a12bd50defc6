import { HIDDEN } from "./applications";
import type { ApplicationReport, Client, IdentityProvider, Location, Session, User, UserAgent } from "./api/types";
import type { Translate } from "./i18n";
import { undirected } from "./text";

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

/** Puts what the server says into the administrator's words. Texts of others come without marks of direction. */
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

  person(user: Pick<User, "name" | "username">): string {
    return user.name === UNKNOWN_USER
      ? this.t("identities.user.unknown")
      : undirected(user.name) || undirected(user.username);
  }

  application(client: Client): string {
    return client.client_id === HIDDEN
      ? this.t("identities.application.hidden")
      : undirected(client.name) || undirected(client.client_id);
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
    return party === HIDDEN ? this.t("identities.application.hidden") : undirected(name) || undirected(party);
  }

  provider(provider: IdentityProvider): string {
    return undirected(provider.name) || undirected(provider.alias);
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
        ? this.t("identities.session.impersonated", { name: undirected(impersonator.username) })
        : this.t("identities.session.impersonated.hidden");
    }
    return grant ? this.t("identities.session.grant", { grant: this.grant(grant) }) : "";
  }

  /** Why Keycloak refuses a session that has not ended. */
  suspension(reason: string): string {
    switch (reason) {
      case "account_disabled":
        return this.t("identities.session.suspended.accountDisabled");
      case "account_unknown":
        return this.t("identities.session.suspended.accountUnknown");
      case "not_before":
        return this.t("identities.session.suspended.notBefore");
      default:
        return this.t("identities.session.suspended");
    }
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
    return [undirected(location?.city ?? ""), this.country(location)].filter(Boolean).join(", ");
  }

  country(location: Location | null): string {
    return this.region(location?.country_code ?? "");
  }

  /** The country of a code. */
  region(code: string): string {
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

  /** For example "7 days" of "7d": a number of minutes, hours or days. A length of any other form stays as it is. */
  length(length: string): string {
    const [, amount, letter] = /^(\d+)([mhd])$/.exec(length) ?? [];
    const unit = letter && { m: "minute", h: "hour", d: "day" }[letter];
    return unit ? this.amount(Number(amount), unit) : length;
  }

  /** For example "50 kilometers". */
  amount(amount: number, unit: string): string {
    return new Intl.NumberFormat(this.locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /** The type of a device as the server names it. */
  deviceType(type: string): string {
    switch (type) {
      case "Desktop":
        return this.t("identities.device.desktop");
      case "Mobile":
        return this.t("identities.device.mobile");
      case "Tablet":
        return this.t("identities.device.tablet");
      case "Bot":
        return this.t("identities.device.bot");
      default:
        return type;
    }
  }

  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: "conjunction" }).format(items);
  }
}

/** For example "Chrome 141.0"; empty where the name is unknown. */
export function versioned(name: string, version: string): string {
  return known(name) && `${known(name)} ${version}`.trim();
}

/** The server says "Other" where it could not tell. */
function known(name: string): string {
  return name === "Other" ? "" : undirected(name);
}

/** Whether a text from outside is the address of a page: only such may become a link. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
