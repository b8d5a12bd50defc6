import type { ReactElement } from "react";
import type { User } from "../api/types";
import { useConsole } from "../hooks/console";
import { FormSelect, FormSelectOption } from "../pf";
import { type Order, orders } from "../routes";

interface OrderChoiceProps {
  order: Order;
  /** Whether the server has an order of its own: that of a search. */
  isSearched: boolean;
  onChange: (order: Order) => void;
}

/** Chooses the order of people. It is there where a narrow page has no heads of columns, too. */
export function OrderChoice({ order, isSearched, onChange }: OrderChoiceProps): ReactElement {
  const { t } = useConsole();
  const labels: Readonly<Record<Order, string>> = {
    last_active: isSearched ? t("identities.order.found") : t("identities.order.byLastActive"),
    id: t("identities.order.byId"),
    name: t("identities.order.byName"),
    sessions: t("identities.order.bySessions"),
    last_login: t("identities.order.byLastLogin"),
  };
  return (
    <FormSelect
      aria-label={t("identities.order")}
      className="identities-filter"
      value={isSearched && order === "id" ? "last_active" : order}
      onChange={(_event, chosen) => {
        onChange(orders.find((one) => one === chosen) ?? "last_active");
      }}
    >
      {orders
        .filter((one) => !isSearched || one !== "id")
        .map((one) => (
          <FormSelectOption key={one} value={one} label={labels[one]} />
        ))}
    </FormSelect>
  );
}

/** People in an order of the page's own; in the server's they stay as they came. */
export function inOrder(users: readonly User[], order: Order): readonly User[] {
  switch (order) {
    case "last_active":
    case "id":
      return users;
    case "name":
      return [...users].sort((one, other) => shownName(one).localeCompare(shownName(other)));
    case "sessions":
      return [...users].sort((one, other) => other.sessions_count - one.sessions_count);
    case "last_login":
      return [...users].sort((one, other) => Date.parse(other.last_login) - Date.parse(one.last_login));
  }
}

/** As the row shows it. */
function shownName({ name, username }: User): string {
  return name || username;
}
