import type { Environment } from "../loader/environment";

/** The administrator has to sign in, which takes a click. */
export class SignInRequired extends Error {
  override name = "SignInRequired";
}

/** One run of the authorization code flow with PKCE. */
export interface Attempt {
  url: string;
  state: string;
  verifier: string;
  redirectUri: string;
}

/** The flow ends at a public document of the console: nothing runs there, and we only read the address. */
const LANDING = "messages.json";

/** The server's errors when it cannot sign in without a page. */
const NEEDS_A_PERSON = ["login_required", "interaction_required", "consent_required"];

/** Prepares a sign-in; a silent one never shows anything. */
export async function newAttempt(environment: Environment, silent: boolean): Promise<Attempt> {
  const state = randomText();
  const verifier = randomText();
  const redirectUri = `${location.origin}${location.pathname.replace(/\/?$/, "/")}${LANDING}`;
  const query = new URLSearchParams({
    client_id: environment.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    response_mode: "fragment",
    scope: "openid",
    state,
    code_challenge: base64Url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))),
    code_challenge_method: "S256",
    ...(silent ? { prompt: "none" } : {}),
  });
  return { url: `${protocolUrl(environment)}/auth?${query.toString()}`, state, verifier, redirectUri };
}

/** Takes the code out of the address at which an attempt ended. */
export function codeOf(fragment: string, attempt: Attempt): string {
  const answer = new URLSearchParams(fragment.replace(/^#/, ""));
  if (answer.get("state") !== attempt.state) {
    throw new Error("The answer does not belong to this sign-in.");
  }
  const error = answer.get("error");
  if (error !== null) {
    throw NEEDS_A_PERSON.includes(error) ? new SignInRequired(error) : new Error(`Sign-in failed: ${error}`);
  }
  const code = answer.get("code");
  if (!code) {
    throw new Error("The answer holds no code.");
  }
  return code;
}

/** The address below which the login realm's OpenID Connect endpoints are. */
export function protocolUrl(environment: Environment): string {
  return `${environment.serverBaseUrl}/realms/${encodeURIComponent(environment.realm)}/protocol/openid-connect`;
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: ArrayBuffer | Uint8Array): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
