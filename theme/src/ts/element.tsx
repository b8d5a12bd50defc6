import { createRoot, type Root } from "react-dom/client";
import { App } from "./App";
import type { Context, KcIdentities } from "./context";
import "./identities.css";

/**
 * The page as an element. It has no shadow: the console's own tokens, its dark mode and an administrator's style sheet
 * reach into it.
 */
class IdentitiesElement extends HTMLElement implements KcIdentities {
  // Only declared: a field would wipe out what was set before the element was defined.
  declare context?: Context;
  private root: Root | undefined;

  connectedCallback(): void {
    if (this.context) {
      // By it the browser knows how to hyphenate, and screen readers how to speak.
      this.lang = this.context.locale;
      this.root = createRoot(this);
      this.root.render(<App context={this.context} />);
    }
  }

  disconnectedCallback(): void {
    this.root?.unmount();
    this.root = undefined;
  }
}

/** From here on `<kc-identities>` is alive. */
export function defineElement(): void {
  if (!customElements.get("kc-identities")) {
    customElements.define("kc-identities", IdentitiesElement);
  }
}
