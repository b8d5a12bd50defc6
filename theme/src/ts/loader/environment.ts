/** The facts about the server that the console's page has. */
export interface Environment {
  /** Where people sign in. Without a trailing slash, like the other one. */
  serverBaseUrl: string;
  /** Where the console and the Admin REST API are; may be another host. */
  adminBaseUrl: string;
  /** The realm that the administrator signed in to, which need not be the one that is looked at. */
  realm: string;
  /** The console's own client. */
  clientId: string;
}

/** Reads it; undefined on a page that is not the console. */
export function readEnvironment(page: Document): Environment | undefined {
  const json = page.getElementById("environment")?.textContent;
  return json ? (JSON.parse(json) as Environment) : undefined;
}
