import type { ReactElement, ReactNode } from "react";
import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from "../pf";
import { Nothing } from "./Bits";

interface FactsProps {
  facts: readonly (readonly [term: string, what: ReactNode])[];
  /** Whether they stand in two columns where there is room. */
  inColumns?: boolean;
}

/** Terms and what is known about each; nothing is said to be unknown. */
export function Facts({ facts, inColumns = false }: FactsProps): ReactElement {
  return (
    <DescriptionList
      isHorizontal
      isCompact
      horizontalTermWidthModifier={{ default: "12rem" }}
      columnModifier={inColumns ? { default: "1Col", xl: "2Col" } : { default: "1Col" }}
    >
      {facts.map(([term, what]) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>{what === "" || what == null ? <Nothing /> : what}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}
