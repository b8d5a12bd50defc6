import { createContext, useContext } from "react";
import type { IdentitiesApi } from "../api/identities";
import type { KeycloakApi, WhoAmI } from "../api/keycloak";
import type { Context } from "../context";
import type { Resource } from "./useResource";
import type { Words } from "../words";

/** The parts that every component of the page may use. */
export interface Console extends Context {
  identities: IdentitiesApi;
  keycloak: KeycloakApi;
  words: Words;
  whoAmI: Resource<WhoAmI>;
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (!value) {
    throw new Error("Only inside of <kc-identities>.");
  }
  return value;
}
