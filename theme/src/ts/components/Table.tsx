import "@patternfly/react-styles/css/components/Table/table.css";
import "@patternfly/react-styles/css/components/Table/table-grid.css";
import SortedIcon from "@patternfly/react-icons/dist/esm/icons/long-arrow-alt-down-icon";
import UnsortedIcon from "@patternfly/react-icons/dist/esm/icons/arrows-alt-v-icon";
import TrashIcon from "@patternfly/react-icons/dist/esm/icons/trash-icon";
import type { ReactElement, ReactNode } from "react";
import type { HoldProps } from "../hooks/useSteadyRows";
import { Button } from "../pf";

/*
 * Tables in PatternFly's looks. Its React components would bring menus, poppers and tooltips with them, a third of the
 * whole page, and name check boxes in English.
 */

/** "control" is a check box or a trash can; "rest" gets what the others leave. */
type ColumnWidth = "control" | "rest" | `${number}%`;

interface TableProps {
  label: string;
  /** The cells of the head. */
  head: ReactNode;
  /** The columns' parts of the width, so that it is never exceeded; without them each column is as wide as its texts. */
  widths?: readonly ColumnWidth[];
  /** Where the rows hold still under the pointer. */
  hold?: HoldProps | undefined;
  /** The rows. */
  children: ReactNode;
}

/** On a narrow page each row becomes a card, whose cells are named by their columns. */
export function Table({ label, head, widths, hold, children }: TableProps): ReactElement {
  return (
    <div className="identities-scroll" {...hold}>
      <table
        className={`pf-v5-c-table pf-m-grid-lg pf-m-compact${widths ? " identities-fitted" : ""}`}
        aria-label={label}
      >
        {widths && (
          <colgroup>
            {widths.map((width, position) => (
              <col
                key={position}
                className={width === "control" ? "identities-control" : undefined}
                style={width.endsWith("%") ? { inlineSize: width } : undefined}
              />
            ))}
          </colgroup>
        )}
        <thead className="pf-v5-c-table__thead">
          <tr className="pf-v5-c-table__tr">{head}</tr>
        </thead>
        <tbody className="pf-v5-c-table__tbody">{children}</tbody>
      </table>
    </div>
  );
}

/** A row; its id is what `usePlace` finds it by. */
export function Tr({ id, children }: { id?: string; children: ReactNode }): ReactElement {
  return (
    <tr className="pf-v5-c-table__tr" data-row={id}>
      {children}
    </tr>
  );
}

export function Th({ children }: { children: ReactNode }): ReactElement {
  return (
    <th scope="col" className="pf-v5-c-table__th pf-m-wrap">
      {children}
    </th>
  );
}

/** The head of a column by which the server can sort, latest first, or not. */
export function SortTh(props: { sorted: boolean; help: string; onClick: () => void; children: string }): ReactElement {
  const { sorted, help, onClick, children } = props;
  return (
    <th
      scope="col"
      className={`pf-v5-c-table__th pf-m-wrap pf-v5-c-table__sort${sorted ? " pf-m-selected" : ""}`}
      aria-sort={sorted ? "descending" : "none"}
    >
      <button type="button" className="pf-v5-c-table__button" title={help} onClick={onClick}>
        <span className="pf-v5-c-table__button-content">
          <span className="pf-v5-c-table__text">{children}</span>
          <span className="pf-v5-c-table__sort-indicator">
            {sorted ? <SortedIcon aria-hidden /> : <UnsortedIcon aria-hidden />}
          </span>
        </span>
      </button>
    </th>
  );
}

/** A cell. A card has room for the whole name of its column, without the soft hyphens of the head. */
export function Td({ column, children }: { column: string; children: ReactNode }): ReactElement {
  return (
    <td className="pf-v5-c-table__td" data-label={column.replaceAll("\u00ad", "")}>
      {children}
    </td>
  );
}

interface SelectProps {
  label: string;
  selected: boolean;
  onSelect: (selected: boolean) => void;
}

/** The check box of a row; an empty cell where the row cannot be selected. */
export function SelectTd({ selectable, ...props }: SelectProps & { selectable: boolean }): ReactElement {
  return <td className="pf-v5-c-table__td pf-v5-c-table__check">{selectable && <CheckBox {...props} />}</td>;
}

/** The check box for all rows; an empty cell where no row can be selected. */
export const SelectTh = SelectTd;

function CheckBox({ label, selected, onSelect }: SelectProps): ReactElement {
  return (
    <label>
      <input
        type="checkbox"
        className="pf-v5-c-check__input"
        aria-label={label}
        checked={selected}
        onChange={(event) => {
          onSelect(event.target.checked);
        }}
      />
    </label>
  );
}

interface TrashProps {
  label: string;
  /** Whether there is a trash can in this row. */
  shown: boolean;
  onClick: () => void;
}

/** The trash can of a row. */
export function TrashTd({ label, shown, onClick }: TrashProps): ReactElement {
  return (
    <td className="pf-v5-c-table__td pf-v5-c-table__action">
      {shown && (
        <Button variant="plain" aria-label={label} title={label} onClick={onClick}>
          <TrashIcon aria-hidden />
        </Button>
      )}
    </td>
  );
}

/** The head of the trash cans' column; an empty cell where there is none in any row. */
export function TrashTh({ label, shown }: { label: string; shown: boolean }): ReactElement {
  return shown ? (
    <th scope="col" className="pf-v5-c-table__th pf-m-wrap">
      <span className="pf-v5-screen-reader">{label}</span>
    </th>
  ) : (
    <td className="pf-v5-c-table__td" />
  );
}
