import type { ReactElement } from "react";

/**
 * Says to those who do not see the page what has changed on it (WCAG 2.2, 4.1.3). Stays where it is while its text
 * changes: screen readers announce the change of a region, not a new one.
 */
export function Status({ children }: { children: string }): ReactElement {
  return (
    <div role="status" className="pf-v5-screen-reader">
      {children}
    </div>
  );
}
