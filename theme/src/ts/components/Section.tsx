import type { ReactElement, ReactNode } from "react";

/**
 * A section of the console's page. By its classes only: the styles are those of the console's own frame, which is there
 * wherever we are.
 */
export function Section({ light = false, children }: { light?: boolean; children: ReactNode }): ReactElement {
  return <section className={`pf-v5-c-page__main-section${light ? " pf-m-light" : ""}`}>{children}</section>;
}
