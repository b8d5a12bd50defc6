/*
 * Installs what the lock file names, unless that is there already: `npm ci` begins by deleting everything, and takes half
 * a minute that most builds can do without.
 */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const installed = "node_modules/.package-lock.json";
const time = (file) => statSync(file).mtimeMs;

if (existsSync(installed) && time(installed) >= time("package-lock.json")) {
  console.log("node_modules is newer than package-lock.json: nothing to install.");
} else {
  // npm is a script on Windows, which only a shell starts.
  process.exit(spawnSync("npm", ["ci"], { stdio: "inherit", shell: process.platform === "win32" }).status ?? 1);
}
