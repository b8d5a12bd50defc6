import { lazy, type ReactElement, Suspense } from "react";
import type { Session } from "../api/types";
import { useConsole } from "../hooks/console";
import { coordinatesOf } from "./coordinates";
import type { Place } from "./WorldMap";

const WorldMap = lazy(() => import("./WorldMap"));

/** Sessions on a map of the world; nothing where no place is known. */
export function LazyMap({ sessions }: { sessions: readonly Session[] }): ReactElement | null {
  const { t, words } = useConsole();
  const places = new Map<string, Place>();
  for (const { browser_session: browser } of sessions) {
    const coordinates = coordinatesOf(browser.location);
    if (coordinates) {
      const name = words.place(browser.location) || browser.ip_address;
      places.set(`${coordinates.latitude},${coordinates.longitude}`, { name, coordinates });
    }
  }
  if (places.size === 0) {
    return null;
  }
  const shown = [...places.values()];
  const names = words.list([...new Set(shown.map(({ name }) => name))]);
  return (
    <Suspense fallback={<div className="identities-map" />}>
      <WorldMap label={t("identities.map", { places: names })} places={shown} />
    </Suspense>
  );
}
