/*
 * Makes src/ts/map/world.json from Natural Earth's data (public domain) as packaged by world-atlas: `npm run map`. The
 * result is kept in the repository; this runs only when the map is to look different.
 *
 * The projection is the plainest there is, so that the page places a point without a library: two units per degree, see
 * src/ts/map/coordinates.ts. Antarctica is left out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEquirectangular, geoPath } from "d3-geo";
import { merge, mesh } from "topojson-client";

const ANTARCTICA = "010";
const file = createRequire(import.meta.url).resolve("world-atlas/countries-110m.json");
const world = JSON.parse(readFileSync(file, "utf8"));
const countries = { ...world.objects.countries };
countries.geometries = countries.geometries.filter((country) => country.id !== ANTARCTICA);

// Cuts what crosses the 180th meridian, which is why it is not two lines of our own.
const projection = geoEquirectangular()
  .scale(360 / Math.PI)
  .translate([360, 168]);
const path = geoPath(projection).digits(1);
const land = path(merge(world, countries.geometries));
const borders = path(mesh(world, countries, (one, other) => one !== other));

const target = new URL("../src/ts/map/world.json", import.meta.url);
writeFileSync(target, `${JSON.stringify({ land, borders }, null, 1)}\n`);
