import type { ReactElement } from "react";
import { areaOf, type Coordinates, HEIGHT, pointOf, WIDTH } from "./coordinates";
import world from "./world.json";

export interface Place {
  name: string;
  coordinates: Coordinates;
}

interface WorldMapProps {
  /** Names the places for those who do not see the map. */
  label: string;
  places: readonly Place[];
}

/** A map of the world with places on it; asks nobody for anything. */
export default function WorldMap({ label, places }: WorldMapProps): ReactElement {
  return (
    <svg className="identities-map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path className="identities-map-land" d={world.land} />
      <path className="identities-map-borders" d={world.borders} />
      {places.map(({ name, coordinates }, position) => {
        const { x, y } = pointOf(coordinates);
        return (
          <g key={position}>
            <title>{name}</title>
            <ellipse className="identities-map-area" cx={x} cy={y} {...areaOf(coordinates)} />
            <circle className="identities-map-point" cx={x} cy={y} r={3} />
          </g>
        );
      })}
    </svg>
  );
}
