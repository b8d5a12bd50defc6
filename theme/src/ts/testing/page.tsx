import { readFileSync } from "node:fs";
import { render, type RenderResult } from "@testing-library/react";
import { parseProperties } from "../../../build/properties";
import type { WhoAmI } from "../api/keycloak";
import { App } from "../App";
import type { Context } from "../context";
import { translator } from "../i18n";
import type { FakeServer } from "./server";
import { json } from "./server";

export const API = "/admin/realms/acme/identities";

export function messagesOf(language: string): Record<string, string> {
  const file = `src/main/resources/theme/identities/admin/messages/messages_${language}.properties`;
  return parseProperties(readFileSync(file, "utf8"));
}

export const t = translator(messagesOf("en"), "en");

export function context(changes: Partial<Context> = {}): Context {
  return {
    realm: "acme",
    loginRealm: "master",
    adminBaseUrl: "http://localhost",
    locale: "en",
    t,
    getAccessToken: () => Promise.resolve("token"),
    signIn: () => Promise.resolve(),
    ...changes,
  };
}

/** Lets the server know the administrator, by default one who may do everything. */
export function knowAdmin(server: FakeServer, changes: Partial<WhoAmI> = {}): FakeServer {
  const whoAmI: WhoAmI = {
    userId: "0c3bb9ee-5a70-4b43-a3a5-7c4b4d1f5d6e",
    realm: "master",
    realm_access: { acme: ["manage-realm", "manage-clients", "view-identity-providers", "view-users"] },
    ...changes,
  };
  return server
    .on("GET", "/admin/master/console/whoami", json(whoAmI))
    .on("GET", "/admin/realms/acme/identity-provider/instances", json([{ alias: "partner", displayName: "Partner" }]));
}

/** Opens the page at an address below `identities`. */
export function openPage(address: string, changes: Partial<Context> = {}): RenderResult {
  location.hash = `#/acme/identities/${address}`;
  return render(<App context={context(changes)} />);
}
