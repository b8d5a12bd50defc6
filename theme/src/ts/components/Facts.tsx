import type { ReactElement, ReactNode } from "react";
import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from "../pf";
import { Nothing } from "./Bits";

/** Terms and what is known about each; nothing is said to be unknown. */
export function Facts({ facts }: { facts: readonly (readonly [term: string, what: ReactNode])[] }): ReactElement {
  return (
    <DescriptionList isHorizontal isCompact horizontalTermWidthModifier={{ default: "12rem" }}>
      {facts.map(([term, what]) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>{what === "" || what == null ? <Nothing /> : what}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}
