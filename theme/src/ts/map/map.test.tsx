import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { areaOf, HEIGHT, mapServiceUrl, pointOf, viewOf, WIDTH } from "./coordinates";
import world from "./world.json";
import WorldMap from "./WorldMap";

const berlin = { latitude: 52.52, longitude: 13.41, radiusKm: 50 };

/** Whether a point is within a path's outlines: it is where a line to the edge crosses an odd number of them. */
function isLand({ x, y }: { x: number; y: number }): boolean {
  const rings = world.land.split("Z").filter(Boolean);
  const crossings = rings.flatMap((ring) => {
    const points = [...ring.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
    return points.filter(([x1 = 0, y1 = 0], i) => {
      const [x2 = 0, y2 = 0] = points[(i + 1) % points.length] ?? [];
      return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
    });
  });
  return crossings.length % 2 === 1;
}

describe("the map", () => {
  it("has its land where the coordinates are", () => {
    const places = { berlin, brasilia: { ...berlin, latitude: -15.8, longitude: -47.9 } };
    expect(Object.values(places).map((place) => isLand(pointOf(place)))).toEqual([true, true]);
    const seas = [
      { ...berlin, latitude: 30, longitude: -45 },
      { ...berlin, latitude: -30, longitude: 80 },
    ];
    expect(seas.map((sea) => isLand(pointOf(sea)))).toEqual([false, false]);
  });

  it("holds the inhabited world", () => {
    expect(pointOf({ latitude: 84, longitude: -180, radiusKm: null })).toEqual({ x: 0, y: 0 });
    expect(pointOf({ latitude: -56, longitude: 180, radiusKm: null })).toEqual({ x: WIDTH, y: HEIGHT });
  });

  it("shows how far off a place may be, wider in the north", () => {
    expect(areaOf({ latitude: 0, longitude: 0, radiusKm: 111 })).toEqual({ rx: 2, ry: 2 });
    expect(areaOf({ latitude: 60, longitude: 0, radiusKm: 111 }).rx).toBeCloseTo(4);
    expect(areaOf({ latitude: 90, longitude: 0, radiusKm: 111 }).rx).toBe(20);
    expect(areaOf({ ...berlin, radiusKm: null })).toEqual({ rx: 0, ry: 0 });
  });

  it("shows the region of its places, and all of them", () => {
    const tokyo = { latitude: 35.7, longitude: 139.7, radiusKm: 20 };
    const fiji = { latitude: -17.7, longitude: 178, radiusKm: 20 };
    const samoa = { latitude: -13.8, longitude: -172, radiusKm: 20 };
    const near = viewOf([berlin]);
    expect(near.width).toBe(WIDTH / 4);
    expect(near.x + near.width / 2).toBeCloseTo(pointOf(berlin).x);
    expect(viewOf([fiji, samoa]).width).toBe(WIDTH);
    const pole = viewOf([{ latitude: 83, longitude: -179, radiusKm: null }]);
    expect([pole.x, pole.y]).toEqual([0, 0]);
    for (const places of [[berlin], [berlin, tokyo], [tokyo]]) {
      const view = viewOf(places);
      expect(view.width / view.height).toBeCloseTo(WIDTH / HEIGHT);
      for (const { x, y } of places.map(pointOf)) {
        expect(x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height).toBe(true);
      }
    }
  });

  it("names its places for those who do not see it", () => {
    const { container, getByRole } = render(
      <WorldMap label="World map that shows Berlin" places={[{ name: "Berlin", coordinates: berlin }]} />,
    );
    expect(getByRole("img", { name: "World map that shows Berlin" })).toBeTruthy();
    expect(container.querySelector("title")?.textContent).toBe("Berlin");
  });
});

it("the map service shows as much as is known", () => {
  expect(mapServiceUrl(berlin)).toContain("#map=10/");
  expect(mapServiceUrl({ ...berlin, radiusKm: 500 })).toContain("#map=6/");
});
