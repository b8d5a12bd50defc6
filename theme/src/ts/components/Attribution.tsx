import type { ReactElement } from "react";
import type { Session } from "../api/types";

interface Notice {
  text: string;
  url: string;
}

/** What the licences of free location databases want to stand beside their data, word for word and so untranslated. */
const NOTICES: readonly [source: RegExp, Notice][] = [
  [/db-?ip/i, { text: "IP Geolocation by DB-IP", url: "https://db-ip.com" }],
  [/geolite/i, { text: "This product includes GeoLite Data created by MaxMind", url: "https://www.maxmind.com" }],
  [/ip2l/i, { text: "This product includes IP2Location LITE data", url: "https://lite.ip2location.com" }],
];

/** Says where the places of sessions are from, if their database is one that asks for it. Stands where places do. */
export function Attribution({ sessions }: { sessions: readonly (Session | null)[] }): ReactElement | null {
  const sources = new Set(sessions.map((session) => session?.browser_session.location?.source ?? ""));
  const notices = NOTICES.filter(([source]) => [...sources].some((name) => source.test(name)));
  if (notices.length === 0) {
    return null;
  }
  return (
    <p className="identities-quiet identities-attribution" lang="en" dir="auto">
      {notices.map(([, { text, url }]) => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer">
          {text}
        </a>
      ))}
    </p>
  );
}
