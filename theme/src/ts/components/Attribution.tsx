import type { ReactElement } from "react";
import type { Session } from "../api/types";
import { isWebAddress } from "../words";
import { Text } from "./Bits";

/** Says whose data the places of sessions are, in the words that the server gives. Stands where places do. */
export function Attribution({ sessions }: { sessions: readonly (Session | null)[] }): ReactElement | null {
  const urls = new Map<string, string>();
  for (const session of sessions) {
    const location = session?.browser_session.location;
    if (location?.attribution) {
      urls.set(location.attribution, location.attribution_url ?? "");
    }
  }
  if (urls.size === 0) {
    return null;
  }
  return (
    <p className="identities-quiet identities-attribution" lang="en" dir="auto">
      {[...urls].map(([text, url]) =>
        isWebAddress(url) ? (
          <a key={text} href={url} target="_blank" rel="noopener noreferrer">
            <Text>{text}</Text>
          </a>
        ) : (
          <Text key={text}>{text}</Text>
        ),
      )}
    </p>
  );
}
