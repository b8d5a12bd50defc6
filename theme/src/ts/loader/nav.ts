const NAV_ITEM = "nav-item-identities";

/** Beside which entries ours stands: the console shows these to those who may see sessions, or users. */
const NEIGHBOURS = ["nav-item-sessions", "nav-item-users"];

/** The entry beside which ours belongs; undefined where the console shows none, and so there is no page for us either. */
export function neighbourOf(page: Document): HTMLElement | undefined {
  for (const id of NEIGHBOURS) {
    const item = page.getElementById(id)?.closest("li");
    if (item) {
      return item;
    }
  }
  return undefined;
}

/**
 * Puts our entry behind its neighbour and keeps it as described. Writes only what differs: each change of the document
 * brings us back here.
 */
export function showNavEntry(neighbour: HTMLElement, label: string, href: string, current: boolean): void {
  const link = (neighbour.ownerDocument.getElementById(NAV_ITEM) ?? insertEntry(neighbour)) as HTMLAnchorElement;
  if (link.textContent !== label) {
    link.textContent = label;
  }
  if (link.getAttribute("href") !== href) {
    link.setAttribute("href", href);
  }
  if (link.classList.contains("pf-m-current") !== current) {
    link.classList.toggle("pf-m-current", current);
  }
  if (current && link.getAttribute("aria-current") !== "page") {
    link.setAttribute("aria-current", "page");
  } else if (!current && link.hasAttribute("aria-current")) {
    link.removeAttribute("aria-current");
  }
}

/** Copies the neighbour, because the copy has the markup of the console's own version of PatternFly. */
function insertEntry(neighbour: HTMLElement): Element {
  const item = neighbour.cloneNode(true) as HTMLElement;
  const link = item.querySelector("a") ?? item;
  link.id = NAV_ITEM;
  link.setAttribute("data-testid", NAV_ITEM);
  neighbour.after(item);
  return link;
}
