/*
 * Two texts about the parts of others in the jar: notices for the jar, and a bill of materials (CycloneDX) for the
 * release. Both come from the bundler's own list of the packages in its output, and from additions that it cannot know.
 */
import { readFileSync } from "node:fs";

/** A piece of software or data. */
export interface Shipped {
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier. */
  readonly licence: string;
  readonly text: string;
  readonly type: "library" | "data";
  /** The shipped part, if it is not the whole package as npm installs it. */
  readonly part?: string;
}

/** An entry of the list that the bundler writes. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly identifier?: string;
  readonly text?: string;
}

const CC_BY =
  "Icons by Fonticons, Inc. (https://fontawesome.com), Font Awesome Free 5, under the licence Creative Commons\n" +
  "Attribution 4.0 International (https://creativecommons.org/licenses/by/4.0/). Their outlines are unchanged.";

const NATURAL_EARTH =
  "Made with Natural Earth (https://www.naturalearthdata.com), whose data are in the public domain: countries at 1:110m.\n" +
  "The world map is drawn from them, without Antarctica.";

/** Throws when a package names no licence or has no text of it, because the terms would then be unknown. */
export function shipped(list: string): Shipped[] {
  const packages = (JSON.parse(list) as Bundled[]).map(({ name, version, identifier, text }): Shipped => {
    if (!identifier || !text) {
      throw new Error(`${name} ${version} is bundled and has no licence, or no text of it.`);
    }
    return { name, version, licence: identifier, text, type: "library" };
  });
  const others: Shipped[] = [
    installed("rolldown", "LICENSE", "helper functions in the scripts"),
    installed("vite", "LICENSE.md", "helper functions in the scripts"),
    installed("world-atlas", "LICENSE", "data of which the world map is drawn"),
    { ...data("Font Awesome Free", "5.15.4", "CC-BY-4.0", CC_BY), part: "icons, as @patternfly/react-icons has them" },
    { ...data("Natural Earth", "4.1.0", "public domain", NATURAL_EARTH), part: "countries, as world-atlas has them" },
  ];
  return [...packages, ...others].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function data(name: string, version: string, licence: string, text: string): Shipped {
  return { name, version, licence, text, type: "data" };
}

function installed(name: string, file: string, part: string): Shipped {
  const { version, license } = JSON.parse(read(`node_modules/${name}/package.json`)) as Record<string, string>;
  // The text after the licence is about packages that have no part in the helpers.
  const [text = ""] = read(`node_modules/${name}/${file}`).split(
    /\n(?:# Licenses of bundled|The licenses of external)/,
  );
  return { name, version: version ?? "", licence: license ?? "", text: text.trim(), type: "library", part };
}

function read(file: string): string {
  return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
}

/** The notices, for people. */
export function notices(all: readonly Shipped[]): string {
  const rule = "-".repeat(100);
  const list = all.map(
    ({ name, version, licence, part }) => `${name} ${version} (${licence})${part ? `: ${part}` : ""}`,
  );
  const texts = all.map(({ name, version, text }) => [rule, `${name} ${version}`, "", text, ""].join("\n"));
  return ["Third-party software and data in this jar", "", ...list, "", ...texts].join("\n");
}

/** The bill of materials, the same for the same sources: it has no time and no serial number. */
export function bill(all: readonly Shipped[], version: string): string {
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, { integrity?: string }> };
  const components = all.map((one) => {
    const purl = one.type === "library" ? `pkg:npm/${one.name.replace("@", "%40")}@${one.version}` : undefined;
    const hash = lock.packages[`node_modules/${one.name}`]?.integrity;
    return {
      type: one.type,
      "bom-ref": purl ?? `${one.name} ${one.version}`,
      name: one.name,
      version: one.version,
      ...(one.part ? { description: one.part } : {}),
      ...(purl && hash ? { hashes: [{ alg: "SHA-512", content: hex(hash) }] } : {}),
      licenses: [{ license: one.licence.includes(" ") ? { name: one.licence } : { id: one.licence } }],
      ...(purl ? { purl } : {}),
    };
  });
  const component = {
    type: "library",
    "bom-ref": `pkg:maven/dev.identities/keycloak-identities-theme@${version}?type=jar`,
    group: "dev.identities",
    name: "keycloak-identities-theme",
    version,
    licenses: [{ license: { id: "Apache-2.0" } }],
    purl: `pkg:maven/dev.identities/keycloak-identities-theme@${version}?type=jar`,
  };
  const dependencies = [{ ref: component["bom-ref"], dependsOn: components.map((one) => one["bom-ref"]) }];
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component },
    components,
    dependencies,
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function hex(integrity: string): string {
  const [algorithm, digest = ""] = integrity.split("-", 2);
  if (algorithm !== "sha512") {
    throw new Error(`The lock file has another digest than expected: ${integrity}`);
  }
  return Buffer.from(digest, "base64").toString("hex");
}

/** The version of the jar, as Maven has it. */
export function projectVersion(): string {
  const version = /<parent>[^]*?<version>([^<]+)<\/version>/.exec(read("pom.xml"))?.[1];
  if (!version) {
    throw new Error("pom.xml names no version.");
  }
  return version;
}
