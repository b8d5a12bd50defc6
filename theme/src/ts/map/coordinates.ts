import type { Location } from "../api/types";

export interface Coordinates {
  latitude: number;
  longitude: number;
  /** The accuracy radius; null when unknown. */
  radiusKm: number | null;
}

/** The map's measures: two units per degree, from 180 degrees west and 84 north to 56 south. */
export const WIDTH = 720;
export const HEIGHT = 280;
const UNITS_PER_DEGREE = 2;
const NORTH = 84;
const KM_PER_DEGREE = 111;

/** Undefined where no more than the country is known: its middle is not where anybody is. */
export function coordinatesOf(location: Location | null): Coordinates | undefined {
  if (location?.latitude == null || location.longitude == null) {
    return undefined;
  }
  return { latitude: location.latitude, longitude: location.longitude, radiusKm: location.lat_long_radius_km };
}

/** Where coordinates are on the map. */
export function pointOf({ latitude, longitude }: Coordinates): { x: number; y: number } {
  return { x: (longitude + 180) * UNITS_PER_DEGREE, y: (NORTH - latitude) * UNITS_PER_DEGREE };
}

/** The area of a radius on the map, which is stretched towards the poles. */
export function areaOf({ latitude, radiusKm }: Coordinates): { rx: number; ry: number } {
  const ry = ((radiusKm ?? 0) / KM_PER_DEGREE) * UNITS_PER_DEGREE;
  return { rx: ry / Math.max(Math.cos((latitude * Math.PI) / 180), 0.1), ry };
}

/**
 * The smallest part shown: a quarter of the map's width. A smaller one would not show which part of the world it is.
 */
const NEAREST = WIDTH / 4;

/** Around the outermost places. */
const MARGIN = 12;

export interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of the map that holds places with their areas, in the map's own proportions. */
export function viewOf(places: readonly Coordinates[]): View {
  const areas = places.map((place) => ({ ...pointOf(place), ...areaOf(place) }));
  const left = Math.min(...areas.map(({ x, rx }) => x - rx)) - MARGIN;
  const right = Math.max(...areas.map(({ x, rx }) => x + rx)) + MARGIN;
  const top = Math.min(...areas.map(({ y, ry }) => y - ry)) - MARGIN;
  const bottom = Math.max(...areas.map(({ y, ry }) => y + ry)) + MARGIN;
  const width = Math.min(Math.max(NEAREST, right - left, ((bottom - top) * WIDTH) / HEIGHT), WIDTH);
  const height = (width * HEIGHT) / WIDTH;
  return {
    x: within((left + right - width) / 2, WIDTH - width),
    y: within((top + bottom - height) / 2, HEIGHT - height),
    width,
    height,
  };
}

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

/** The coordinates at a public map service, as near as they are exact. */
export function mapServiceUrl({ latitude, longitude, radiusKm }: Coordinates): string {
  const zoom = radiusKm !== null && radiusKm > 100 ? 6 : 10;
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=${zoom}/${latitude}/${longitude}`;
}
