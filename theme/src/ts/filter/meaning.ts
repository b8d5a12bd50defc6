import type { Chip } from "./facets";

/** What a text in the search bar may mean. */
export interface Meaning {
  /** A filter expression, typed by someone who knows the language. */
  expression?: string;
  /** Conditions that the text may stand for, the likeliest first. */
  chips: readonly Chip[];
  /** Whether the text is nothing but that: no person has such a name. */
  certain: boolean;
}

/** An application by which sessions can be found. */
export interface KnownApplication {
  id: string;
  name: string;
}

/**
 * What a text in the search bar means: an address, a network, an id, an application, an expression of the filter
 * language. A text that is none of these is the name of a person, or a part of one.
 *
 * @param applications those that the page knows
 */
export function meaningOf(text: string, applications: readonly KnownApplication[]): Meaning {
  const typed = text.trim();
  if (/^[!(\s]*obj\./u.test(typed)) {
    return { expression: typed, chips: [], certain: true };
  }
  const address = canonicalAddress(typed);
  if (address !== undefined) {
    return certain({ facet: "address", value: address });
  }
  const network = canonicalNetwork(typed);
  if (network !== undefined) {
    return certain({ facet: "network", value: network });
  }
  if (/^ses_[A-Za-z0-9_-]+$/u.test(typed)) {
    return certain({ facet: "sessionId", value: typed });
  }
  if (/^usr_[A-Za-z0-9_-]+$/u.test(typed)) {
    return certain({ facet: "userId", value: typed });
  }
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(typed)) {
    return certain({ facet: "uuid", value: typed.toLowerCase() });
  }
  const application = applicationIn(typed, applications);
  if (application) {
    return certain({ facet: "application", value: application });
  }
  const chips: Chip[] = [];
  if (isSid(typed)) {
    chips.push({ facet: "sid", value: typed });
  }
  if (isPartOfUuid(typed)) {
    chips.push({ facet: "userIdPart", value: typed.toLowerCase() });
  }
  if (/^[^\s@*]+$/u.test(typed)) {
    chips.push({ facet: "application", value: typed });
  }
  return { chips, certain: chips.some(({ facet }) => facet !== "application") };
}

/**
 * What sessions are searched by for a name in the search bar. Usernames and email addresses have no blanks and are in
 * lower case. The name that is shown has both, and is looked for by several words only: the server finds the accounts
 * of a username or an address at once, and has to read all sessions for a name.
 */
export function personOf(text: string): Chip {
  return /\s/u.test(text) ? { facet: "personName", value: text } : { facet: "person", value: text.toLowerCase() };
}

function certain(chip: Chip): Meaning {
  return { chips: [chip], certain: true };
}

/** By `app:` before it, or because it is one that the page knows, by its id or its name. */
function applicationIn(typed: string, applications: readonly KnownApplication[]): string | undefined {
  const named = /^(?:app|client):\s*(\S+)$/iu.exec(typed)?.[1];
  const wanted = typed.toLowerCase();
  return named ?? applications.find(({ id, name }) => [id, name].some((one) => one.toLowerCase() === wanted))?.id;
}

/** Keycloak's session ids are 18 random bytes in base64url. Names do not mix letters of both cases and digits like that. */
function isSid(typed: string): boolean {
  return /^[A-Za-z0-9_-]{24}$/u.test(typed) && /[A-Z]/u.test(typed.slice(1)) && /[a-z]/u.test(typed);
}

/** At least six digits of a UUID, and one that is no letter, because "facade" is a word. */
function isPartOfUuid(typed: string): boolean {
  return /^[0-9a-f-]{6,36}$/iu.test(typed) && /\d/u.test(typed) && /[0-9a-f]{4}/iu.test(typed);
}

/** An address as the server writes it (RFC 5952), without brackets and zone; undefined for any other text. */
export function canonicalAddress(text: string): string | undefined {
  const plain = text.replace(/^\[(.*)\]$/u, "$1").replace(/%[A-Za-z0-9._-]+$/u, "");
  return ipv4(plain) ?? ipv6(plain);
}

/** A network as `address/bits`; undefined for any other text. Bits of the host are cleared by the server. */
export function canonicalNetwork(text: string): string | undefined {
  const [, address = "", bits = ""] = /^([^/\s]+)\/(\d{1,3})$/u.exec(text) ?? [];
  const canonical = ipv4(address) ?? ipv6(address);
  const most = canonical?.includes(":") ? 128 : 32;
  return canonical !== undefined && Number(bits) <= most ? `${canonical}/${Number(bits)}` : undefined;
}

function ipv4(text: string): string | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u.exec(text)?.slice(1);
  // A leading zero is octal to some and decimal to others.
  const isAddress = octets?.every((octet) => Number(octet) <= 255 && String(Number(octet)) === octet);
  return isAddress ? text : undefined;
}

/** The browser's own reading of addresses knows all forms. It writes an IPv4 address in an IPv6 one in hexadecimal. */
function ipv6(text: string): string | undefined {
  if (!/^[0-9a-f:.]+$/iu.test(text) || !text.includes(":") || !URL.canParse(`http://[${text}]/`)) {
    return undefined;
  }
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u.exec(canonical)?.slice(1);
  return mapped ? mapped.flatMap(octetsOf).join(".") : canonical;
}

function octetsOf(group: string): number[] {
  const value = parseInt(group, 16);
  return [value >> 8, value & 255];
}
