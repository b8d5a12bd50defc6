import type { ReactElement } from "react";
import type { Total } from "../api/types";
import type { ListName } from "../filter/facets";
import { useConsole } from "../hooks/console";

/** How many there are on all pages. The place stays while it is not known, so that nothing moves when it is. */
export function TotalMark({ list, total }: { list: ListName; total: Total | undefined }): ReactElement {
  const { t, words } = useConsole();
  const text = () => {
    if (!total) {
      return "";
    }
    const values = { count: total.value, number: words.number(total.value) };
    const isBound = total.relation === "gte";
    if (list === "users") {
      return isBound ? t("identities.total.people.more", values) : t("identities.total.people", values);
    }
    return isBound ? t("identities.total.sessions.more", values) : t("identities.total.sessions", values);
  };
  return (
    <p role="status" className="identities-total">
      {text()}
    </p>
  );
}
