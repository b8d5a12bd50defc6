import { counterpartOf, isOurs, pathOf, placeOf, realmOf } from "../addresses";
import type { Auth } from "../auth/auth";
import type { Context } from "../context";
import { intlLocale, type Messages, type Translate, translator } from "../i18n";
import type { Environment } from "./environment";
import { showLink } from "./link";
import { neighbourOf, showNavEntry } from "./nav";
import { hidePage, showPage, showText } from "./page";

/** The parts that the loader needs. Tests replace them. */
export interface Parts {
  environment: Environment;
  /** Signs the administrator in; not needed before there is something to show. */
  auth: () => Promise<Pick<Auth, "getAccessToken" | "signIn">>;
  language: () => string;
  messages: (language: string) => Promise<Messages>;
  /** Defines the element. */
  element: () => Promise<unknown>;
}

/**
 * Adds our entry, our page and links to it to the console. It owns none of them: whenever the console changes its
 * document or its address, everything is looked at again, and only what is not as it should be is changed.
 */
export class Loader {
  private readonly parts: Parts;
  private scheduled = false;
  private language: string | undefined;
  private context: Omit<Context, "realm"> | undefined;
  private elementLoad: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Starts to watch; ends with the page. */
  start(app: Node): void {
    new MutationObserver(this.schedule).observe(app, { childList: true, subtree: true });
    window.addEventListener("hashchange", this.schedule);
    window.addEventListener("popstate", this.schedule);
    this.schedule();
  }

  /** Once for all that happens in one go. */
  private readonly schedule = () => {
    if (!this.scheduled) {
      this.scheduled = true;
      queueMicrotask(() => {
        this.scheduled = false;
        this.sync();
      });
    }
  };

  private sync(): void {
    const neighbour = neighbourOf(document);
    if (!neighbour) {
      hidePage(document);
      showLink(document, "", undefined);
      return;
    }
    this.followLanguage();
    if (!this.context) {
      return;
    }
    const realm = realmOf(location.hash) ?? this.parts.environment.realm;
    const ours = isOurs(location.hash);
    showNavEntry(neighbour, this.context.t("identities.title"), pathOf(realm, "users"), ours);
    showLink(document, this.context.t("identities.open"), counterpartOf(location.hash));
    if (!ours) {
      hidePage(document);
    } else if (!placeOf(location.hash)) {
      location.replace(pathOf(realm, "users"));
    } else if (showPage(document, { ...this.context, realm })) {
      this.elementLoad ??= this.loadElement(this.context.t);
    }
  }

  /** The console begins in English, and may go on in another language once it knows the administrator. Never back. */
  private followLanguage(): void {
    const language = this.parts.language();
    if (this.language === undefined || (language !== this.language && language !== "en")) {
      this.language = language;
      void this.loadContext(language);
    }
  }

  /** The texts come first: without them the entry has no name and the page no language. */
  private async loadContext(language: string): Promise<void> {
    const { auth, environment } = this.parts;
    const messages = await this.parts.messages(language);
    if (language !== this.language) {
      return; // It has changed in the meantime.
    }
    this.context = {
      loginRealm: environment.realm,
      adminBaseUrl: environment.adminBaseUrl,
      // Of the texts: where there are none in the administrator's language, times and countries are in English, too.
      locale: intlLocale(messages["identities.locale"] ?? language),
      t: translator(messages, language),
      getAccessToken: async (refused) => (await auth()).getAccessToken(refused),
      signIn: async () => (await auth()).signIn(),
    };
    this.schedule();
  }

  /** An element that is there already comes alive when it is defined. Where that fails the next one is a new chance. */
  private async loadElement(t: Translate): Promise<void> {
    try {
      await this.parts.element();
    } catch {
      this.elementLoad = undefined;
      showText(document, t("identities.error.notLoaded"));
    }
  }
}
