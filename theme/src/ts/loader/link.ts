const LINK = "identities-link";

/** The title of a page of Keycloak's own. */
const TITLE = '[data-testid="view-header"]';

/**
 * Puts a link to our page below the title of Keycloak's own, or takes it away where there is no page of ours, or no such
 * title. Writes only what differs: each change of the document brings us back here.
 */
export function showLink(page: Document, label: string, href: string | undefined): void {
  const title = href && page.querySelector(TITLE);
  let link = page.getElementById(LINK);
  if (!title || !href) {
    link?.remove();
    return;
  }
  if (link?.previousElementSibling !== title) {
    link?.remove();
    link = page.createElement("a");
    link.id = LINK;
    title.after(link);
  }
  if (link.textContent !== label) {
    link.textContent = label;
  }
  if (link.getAttribute("href") !== href) {
    link.setAttribute("href", href);
  }
}
