import { consoleLanguage, loadMessages } from "./i18n";
import { readEnvironment } from "./loader/environment";
import { Loader } from "./loader/loader";
import { putFirst } from "./loader/styles";

/*
 * The entry in the console's menu. It must be small, because the console loads it with every page. All other code is
 * loaded when our page is opened.
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
