import type { Environment } from "./loader/environment";

export type Messages = Readonly<Record<string, string>>;

/** Puts a text into the administrator's language; `{{name}}` stands for a value, `count` chooses the plural. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The console's key of one of our texts. If it is there, all are. */
const PROBE = "identities.title";

/**
 * The language that the console shows, seen by what it has loaded: it loads English and, where that is another one, the
 * administrator's. Our own request names a theme and is not meant.
 */
export function consoleLanguage(entries: readonly { name: string }[]): string {
  const languages = entries
    .map((entry) => /\/resources\/[^/]+\/admin\/([A-Za-z0-9_-]+)$/.exec(entry.name)?.[1])
    .filter((language) => language !== undefined && language !== "en");
  return languages.at(-1) ?? "en";
}

/** The texts of our theme with the realm's own changes; those that we bring along when the server has none for us. */
export async function loadMessages(environment: Environment, language: string): Promise<Messages> {
  const path = [environment.realm, "admin", language].map(encodeURIComponent).join("/");
  try {
    // Without a theme's name the server takes that of the realm, whose messages may not include ours.
    const response = await fetch(`${environment.adminBaseUrl}/resources/${path}?theme=identities`);
    const list = (await response.json()) as { key: string; value: string }[];
    const messages = Object.fromEntries(list.map(({ key, value }) => [key, value]));
    if (PROBE in messages) {
      return messages;
    }
  } catch {
    // The page is of use in English, too.
  }
  return (await import("../main/resources/theme/identities/admin/messages/messages_en.properties")).default;
}

/** Translates by these messages. A key without a text shows itself, which tells where to mend. */
export function translator(messages: Messages, language: string): Translate {
  const plurals = new Intl.PluralRules(intlLocale(language));
  return (key, values = {}) => {
    const count = values["count"];
    const plural = typeof count === "number" ? messages[`${key}_${plurals.select(count)}`] : undefined;
    const other = count === undefined ? undefined : messages[`${key}_other`];
    const text = plural ?? other ?? messages[key] ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
  };
}

/** A language tag that `Intl` takes: realms may define languages of their own making. */
export function intlLocale(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
