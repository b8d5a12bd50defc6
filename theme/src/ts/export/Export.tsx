import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import { Button } from "../pf";

interface ExportProps {
  /** The name of the files, without their ending. */
  name: string;
  csv: () => string;
  /** The content of the JSON file, as the API gives it. */
  json: () => unknown;
}

/** Saves what is shown as a file. The browser makes it; nothing is asked of the server. */
export function Export({ name, csv, json }: ExportProps): ReactElement {
  const { realm, t } = useConsole();
  const file = (ending: string) =>
    `${realm}-${name}-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.${ending}`;
  return (
    <span className="identities-inline">
      <Button
        variant="link"
        size="sm"
        onClick={() => {
          save(file("csv"), "text/csv", csv());
        }}
      >
        {t("identities.export.csv")}
      </Button>
      <Button
        variant="link"
        size="sm"
        onClick={() => {
          save(file("json"), "application/json", JSON.stringify(json(), null, 2));
        }}
      >
        {t("identities.export.json")}
      </Button>
    </span>
  );
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  // A realm's name may hold what a file's may not.
  link.download = name.replace(/[^\w.-]/g, "_");
  link.click();
  URL.revokeObjectURL(url);
}
