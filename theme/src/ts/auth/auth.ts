import type { Environment } from "../loader/environment";
import { type Attempt, codeOf, newAttempt, protocolUrl, SignInRequired } from "./authorization";
import { fragmentByFrame } from "./frame";
import { openPopup } from "./popup";

interface Tokens {
  access: string;
  refresh: string | undefined;
  expiresAt: number;
}

interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
}

/** A token is renewed when it has less than this to live: a request takes its time. */
const MARGIN = 5_000;

/**
 * Our own tokens, of the administrator's own session and by the console's own client: no new client, no second
 * password. The console's tokens stay its own; with rotating refresh tokens two users of one would end the session.
 */
export class Auth {
  private readonly environment: Environment;
  private readonly silently: (url: string) => Promise<string>;
  private tokens: Tokens | undefined;
  private renewal: Promise<string> | undefined;
  /** Once the server wants to see a person, asking again is of no use until one has clicked. */
  private signedOut = false;

  constructor(environment: Environment, silently = fragmentByFrame) {
    this.environment = environment;
    this.silently = silently;
  }

  /** A token that is good now. `refused` is one that the server did not take, which is then not used again. */
  getAccessToken(refused?: string): Promise<string> {
    if (this.tokens && this.tokens.access === refused) {
      this.tokens.expiresAt = 0;
    }
    if (this.tokens && this.tokens.expiresAt - Date.now() > MARGIN) {
      return Promise.resolve(this.tokens.access);
    }
    return this.once(() => this.renew());
  }

  /** Signs in by a window of its own; to be called while a click is handled. */
  async signIn(): Promise<void> {
    const inPopup = openPopup();
    await this.renewal?.catch(() => undefined);
    await this.once(() => this.authorize(false, inPopup));
  }

  /** Requests that come while a renewal is under way wait for that one. */
  private once(renewal: () => Promise<string>): Promise<string> {
    this.renewal ??= renewal().finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  private async renew(): Promise<string> {
    if (this.signedOut) {
      throw new SignInRequired();
    }
    return (await this.refresh()) ?? (await this.authorize(true, this.silently));
  }

  /** Undefined when there is nothing to refresh, or the server refuses. */
  private async refresh(): Promise<string | undefined> {
    const refresh = this.tokens?.refresh;
    if (!refresh) {
      return undefined;
    }
    const answer = await this.askForTokens({ grant_type: "refresh_token", refresh_token: refresh });
    if (!answer) {
      this.tokens = undefined;
    }
    return answer;
  }

  private async authorize(silent: boolean, open: (url: string) => Promise<string>): Promise<string> {
    const attempt = await newAttempt(this.environment, silent);
    try {
      const code = codeOf(await open(attempt.url), attempt);
      return await this.exchange(code, attempt);
    } catch (error) {
      this.signedOut ||= error instanceof SignInRequired;
      throw error;
    }
  }

  private async exchange(code: string, attempt: Attempt): Promise<string> {
    const token = await this.askForTokens({
      grant_type: "authorization_code",
      code,
      code_verifier: attempt.verifier,
      redirect_uri: attempt.redirectUri,
    });
    if (!token) {
      throw new Error("The server did not take its own code.");
    }
    this.signedOut = false;
    return token;
  }

  /** Undefined when the server says no, as it does once the session is over. */
  private async askForTokens(grant: Record<string, string>): Promise<string | undefined> {
    const response = await fetch(`${protocolUrl(this.environment)}/token`, {
      method: "POST",
      body: new URLSearchParams({ client_id: this.environment.clientId, ...grant }),
    });
    if (response.status >= 500) {
      throw new Error(`The server answered ${response.status}.`);
    }
    if (!response.ok) {
      return undefined;
    }
    const answer = (await response.json()) as TokenAnswer;
    this.tokens = {
      access: answer.access_token,
      refresh: answer.refresh_token,
      expiresAt: Date.now() + answer.expires_in * 1_000,
    };
    return answer.access_token;
  }
}
