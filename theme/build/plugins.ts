import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "vite";
import { parseProperties } from "./properties.ts";
import { bill, notices, projectVersion, shipped } from "./shipped.ts";

/** Vite's name of the file in which it collects them. */
export const LICENCES = "licences.json";

/** Lets code import a message file as an object. */
export function properties(): Plugin {
  return {
    name: "identities:properties",
    transform(text, id) {
      return id.endsWith(".properties")
        ? { code: `export default ${JSON.stringify(parseProperties(text))};`, map: null }
        : undefined;
    },
  };
}

/**
 * Writes the theme's properties, which name the entry by its hashed name. Hashed it must be: Keycloak and browsers keep
 * a file of the same name, across updates of this jar.
 *
 * Both keys name the same script, which a browser runs once. The keyed one survives a child theme that sets `scripts`;
 * the flat one is all that Keycloak before 26.6 reads.
 */
export function themeProperties(file: string): Plugin {
  return {
    name: "identities:theme-properties",
    writeBundle(_options, bundle) {
      const entry = Object.values(bundle).find((output) => output.type === "chunk" && output.isEntry);
      if (!entry) {
        throw new Error("The bundle has no entry.");
      }
      const { fileName } = entry;
      write(file, ["parent=keycloak.v2", `scripts=${fileName}`, `scripts.identities=${fileName}`, ""].join("\n"));
    },
  };
}

/** Writes what is shipped that is not ours: notices and bill of materials. Takes Vite's list out of what browsers get. */
export function thirdParty(noticesFile: string, billFile: string): Plugin {
  return {
    name: "identities:third-party",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const asset = bundle[LICENCES];
        if (asset?.type !== "asset") {
          throw new Error("The bundle has no list of licences.");
        }
        const all = shipped(Buffer.from(asset.source).toString("utf8"));
        write(noticesFile, notices(all));
        write(billFile, bill(all, projectVersion()));
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- how a plugin takes a file out
        delete bundle[LICENCES];
      },
    },
  };
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
