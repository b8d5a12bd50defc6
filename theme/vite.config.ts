import { defineConfig } from "vitest/config";
import { LICENCES, properties, themeProperties, thirdParty } from "./build/plugins.ts";

const classes = "target/classes";
const theme = `${classes}/theme/identities/admin`;
// Below assets/, whose files the parent theme declares to be named by their content.
const hashed = "assets/identities/[name]-[hash]";

export default defineConfig({
  base: "", // The server's path and resource version come before it, and are not known here.
  publicDir: false,
  plugins: [
    properties(),
    themeProperties(`${theme}/theme.properties`),
    thirdParty(`${classes}/META-INF/THIRD-PARTY.txt`, "target/bom.json"),
  ],
  build: {
    outDir: `${theme}/resources`,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    license: { fileName: LICENCES },
    target: "es2022",
    rolldownOptions: {
      input: "src/ts/main.ts",
      output: {
        entryFileNames: `${hashed}.js`,
        chunkFileNames: `${hashed}.js`,
        assetFileNames: `${hashed}[extname]`,
      },
    },
  },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost/admin/master/console/" } },
    setupFiles: "src/ts/testing/setup.ts",
    include: ["src/ts/**/*.test.{ts,tsx}", "build/**/*.test.ts"],
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    // PatternFly's modules import their styles, which Node by itself cannot.
    server: { deps: { inline: [/@patternfly/] } },
  },
});
