import type { Translate } from "./i18n";

/** All that the page knows of its surroundings. The code that shows the page passes it in. */
export interface Context {
  /** The realm that is looked at. */
  realm: string;
  /** The realm that the administrator signed in to. */
  loginRealm: string;
  /** Where the Admin REST API is; without a trailing slash. */
  adminBaseUrl: string;
  /** A tag that `Intl` takes. */
  locale: string;
  t: Translate;
  /** A token that is good now; `refused` is one that the server did not take. Throws `SignInRequired`. */
  getAccessToken: (refused?: string) => Promise<string>;
  /** Lets the administrator sign in; to be called while a click is handled. */
  signIn: () => Promise<void>;
}

/** The element that shows the page. Its context is set before it is put into a document. */
export interface KcIdentities extends HTMLElement {
  context?: Context;
}
