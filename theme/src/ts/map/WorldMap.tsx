import type { ReactElement } from "react";
import { areaOf, type Coordinates, pointOf, viewOf, WIDTH } from "./coordinates";
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

/** Of a point, while the whole world is shown. */
const RADIUS = 4;

/** A map of the part of the world that has the places. It loads nothing from other servers. */
export default function WorldMap({ label, places }: WorldMapProps): ReactElement {
  const { x: left, y: top, width, height } = viewOf(places.map(({ coordinates }) => coordinates));
  return (
    <svg className="identities-map" viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={label}>
      <path className="identities-map-land" d={world.land} />
      <path className="identities-map-borders" d={world.borders} />
      {places.map(({ name, coordinates }, position) => {
        const { x, y } = pointOf(coordinates);
        return (
          <g key={position}>
            <title>{name}</title>
            <ellipse className="identities-map-area" cx={x} cy={y} {...areaOf(coordinates)} />
            <circle className="identities-map-point" cx={x} cy={y} r={(RADIUS * width) / WIDTH} />
          </g>
        );
      })}
    </svg>
  );
}
