import { consoleLanguage, loadMessages } from "./i18n";
import { readEnvironment } from "./loader/environment";
import { Loader } from "./loader/loader";
import { putFirst } from "./loader/styles";

/*
 * What the console loads with every page, and so has to be small: the entry in its menu. Everything else comes when
 * somebody opens our page.
 */
const environment = readEnvironment(document);
const app = document.getElementById("app");
if (environment && app) {
  let auth: Promise<import("./auth/auth").Auth> | undefined;
  new Loader({
    environment,
    auth: () => (auth ??= import("./auth/auth").then(({ Auth }) => new Auth(environment))),
    language: () => consoleLanguage(performance.getEntriesByType("resource")),
    messages: (language) => loadMessages(environment, language),
    element: async () => {
      const { defineElement } = await import("./element");
      await putFirst(document);
      defineElement();
    },
  }).start(app);
}
