/** How a setting is set. `standard` is what holds where the attribute is not set. */
export type Kind =
  | { kind: "switch"; standard: boolean }
  | { kind: "text"; standard: string }
  | { kind: "choice"; standard: string; choices: readonly string[]; read?: (stored: string) => string }
  | { kind: "number"; min: number; max: number };

export type Section = "userKey" | "apis" | "revocation" | "signals" | "audit";

/** A setting that lives in an attribute of the realm. */
export type RealmSetting = Kind & { section: Section; attribute: string };

/** A setting that lives in an attribute of a client. */
export type ClientSetting = Kind & { attribute: string };

export const sections: readonly Section[] = ["userKey", "apis", "revocation", "signals", "audit"];

/** Ten years in minutes. */
const LIFETIME = 5_256_000;

/** All settings of a realm, in the order in which they are shown. The server's own table has the same. */
export const realmSettings: readonly RealmSetting[] = [
  { section: "userKey", attribute: "identities.user-key-attribute", kind: "text", standard: "username" },
  {
    section: "userKey",
    attribute: "identities.hash-user-key",
    kind: "choice",
    standard: "off",
    choices: ["off", "sha-256", "sha-512"],
    // A realm that asks for hashed keys in words that the server does not know still gets them hashed.
    read: (stored) => (["false", "none"].includes(stored) ? "off" : "sha-256"),
  },
  {
    section: "userKey",
    attribute: "identities.hash-user-key-encoding",
    kind: "choice",
    standard: "hex",
    choices: ["hex", "base64url"],
  },
  { section: "userKey", attribute: "identities.hash-user-key-salt", kind: "text", standard: "" },
  { section: "userKey", attribute: "identities.user-key-rate-limit", kind: "number", min: 1, max: 1_000_000 },
  { section: "apis", attribute: "identities.session-management-api", kind: "switch", standard: true },
  { section: "apis", attribute: "identities.session-revocation-api", kind: "switch", standard: true },
  { section: "apis", attribute: "identities.session-revocation-lifetime", kind: "number", min: 1, max: LIFETIME },
  { section: "apis", attribute: "identities.track-revoked-sris-on-logout", kind: "switch", standard: true },
  { section: "apis", attribute: "identities.revoked-sris-end-sessions", kind: "switch", standard: true },
  {
    section: "apis",
    attribute: "identities.revoked-sris-created-status",
    kind: "choice",
    standard: "201",
    choices: ["201", "200", "204"],
  },
  {
    section: "apis",
    attribute: "identities.revoked-sris-not-listed-status",
    kind: "choice",
    standard: "404",
    choices: ["404", "200", "204"],
  },
  {
    section: "apis",
    attribute: "identities.user-sessions-format",
    kind: "choice",
    standard: "object",
    choices: ["object", "array"],
  },
  { section: "apis", attribute: "identities.require-xsrf-header", kind: "switch", standard: false },
  { section: "revocation", attribute: "identities.revoke-offline-sessions", kind: "switch", standard: true },
  { section: "revocation", attribute: "identities.logout-identity-provider", kind: "switch", standard: true },
  { section: "revocation", attribute: "identities.bulk-reason-threshold", kind: "number", min: 0, max: 10_000 },
  { section: "signals", attribute: "identities.signals-old-offline-days", kind: "number", min: 1, max: 3_650 },
  { section: "signals", attribute: "identities.signals-max-speed-kmh", kind: "number", min: 1, max: 100_000 },
  {
    section: "audit",
    attribute: "identities.audit-user-key",
    kind: "choice",
    standard: "hash",
    choices: ["hash", "clear", "none"],
  },
];

/** All settings of a client. Access is refused unless it is given. */
export const clientSettings = {
  management: { attribute: "identities.session-management-api", kind: "switch", standard: false },
  revocation: { attribute: "identities.session-revocation-api", kind: "switch", standard: false },
  userKey: { attribute: "identities.user-key-attribute", kind: "text", standard: "" },
} as const satisfies Readonly<Record<string, ClientSetting>>;

/** By which an identity provider may end the sessions of its people. It lives in the provider's own settings. */
export const mayRevoke = { attribute: "identities.global-token-revocation", kind: "switch", standard: false } as const;

/** The keys of a setting's texts. */
export function textKeys(scope: "realm" | "client", { attribute }: ClientSetting): { label: string; help: string } {
  const key = `identities.settings.${scope}.${attribute.replace(/^identities\./, "")}`;
  return { label: `${key}.label`, help: `${key}.help` };
}

/** The key of the text of one of a setting's choices. */
export function choiceKey({ attribute }: RealmSetting, choice: string): string {
  return `identities.settings.realm.${attribute.replace(/^identities\./, "")}.choice.${choice}`;
}

/** The value in effect, as the text that the form works with. */
export function valueOf(setting: Kind, stored: string | undefined): string {
  const text = stored?.trim() ?? "";
  switch (setting.kind) {
    case "switch":
      return String(setting.standard ? text.toLowerCase() !== "false" : text.toLowerCase() === "true");
    case "choice":
      return text === "" ? setting.standard : choiceOf(setting, lettersOf(text));
    case "text":
    case "number":
      return stored ?? "";
  }
}

/** The text to store for a value; empty for the default, so that later defaults apply. */
export function storedOf(setting: Kind, value: string): string {
  const standard = "standard" in setting ? String(setting.standard) : "";
  return value === standard ? "" : value;
}

/** Whether the server would take the value. */
export function isValid(setting: Kind, value: string): boolean {
  if (setting.kind !== "number" || value.trim() === "") {
    return true;
  }
  const number = Number(value);
  return /^\d+$/.test(value.trim()) && number >= setting.min && number <= setting.max;
}

function choiceOf({ choices, read, standard }: Extract<Kind, { kind: "choice" }>, letters: string): string {
  return choices.find((choice) => lettersOf(choice) === letters) ?? read?.(letters) ?? standard;
}

/** The letters and digits of a choice's name, because the server compares only these. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
