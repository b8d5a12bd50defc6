/*
 * Makes src/ts/map/world.json from Natural Earth's data (public domain) as packaged by world-atlas: `npm run map`. The
 * result is kept in the repository; this runs only when the map is to look different.
 *
 * The projection is the plainest there is, so that a point needs no library: two units per degree, see
 * src/ts/map/coordinates.ts. Antarctica is left out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { merge, mesh } from "topojson-client";

const ANTARCTICA = "010";
const file = createRequire(import.meta.url).resolve("world-atlas/countries-110m.json");
const world = JSON.parse(readFileSync(file, "utf8"));
const countries = { ...world.objects.countries };
countries.geometries = countries.geometries.filter((country) => country.id !== ANTARCTICA);

const round = (value) => Math.round(value * 10) / 10;
const line = (points) =>
  `M${points.map(([lon, lat]) => `${round((lon + 180) * 2)},${round((84 - lat) * 2)}`).join("L")}`;

const land = merge(world, countries.geometries)
  .coordinates.flat()
  .map((ring) => `${line(ring)}Z`)
  .join("");
const borders = mesh(world, countries, (one, other) => one !== other)
  .coordinates.map(line)
  .join("");

const target = new URL("../src/ts/map/world.json", import.meta.url);
writeFileSync(target, `${JSON.stringify({ land, borders }, null, 1)}\n`);
