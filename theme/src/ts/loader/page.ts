import type { Context, KcIdentities } from "../context";

const HOST = "kc-main-content-page-container";
export const PAGE = "kc-identities-page-container";

/**
 * Shows our element in place of what the console shows. For the console our addresses are not found, which it says by a
 * bare text in its main element; so that one is hidden as a whole, and an empty copy stands beside it. Does nothing that
 * is done already, and says whether an element was made.
 */
export function showPage(page: Document, context: Context): boolean {
  const host = page.getElementById(HOST);
  if (!host) {
    return false;
  }
  // Important, since the console's own styles say how it is displayed.
  if (host.style.getPropertyPriority("display") !== "important") {
    host.style.setProperty("display", "none", "important");
  }
  const shown = page.getElementById(PAGE);
  if (shown?.previousElementSibling === host && isSame(shown.querySelector<KcIdentities>("kc-identities"), context)) {
    return false;
  }
  shown?.remove();
  const main = host.cloneNode(false) as HTMLElement;
  main.id = PAGE;
  main.style.removeProperty("display");
  const element = page.createElement("kc-identities") as KcIdentities;
  element.context = context;
  main.append(element);
  host.after(main);
  return true;
}

/** Says something where the element would be. */
export function showText(page: Document, text: string): void {
  page.getElementById(PAGE)?.append(text);
}

/** Gives the console its place back. */
export function hidePage(page: Document): void {
  page.getElementById(PAGE)?.remove();
  page.getElementById(HOST)?.style.removeProperty("display");
}

/** Another language is another `t`. */
function isSame(element: KcIdentities | null, { realm, t }: Context): boolean {
  return element?.context?.realm === realm && element.context.t === t;
}
