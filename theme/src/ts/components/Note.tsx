import type { ReactElement, ReactNode } from "react";
import { useConsole } from "../hooks/console";
import { Alert } from "../pf";

interface NoteProps {
  kind: "success" | "warning" | "danger";
  title: string;
  children?: ReactNode;
}

/** Tells how something went, or what to mind. Its title is no heading: it may stand anywhere. */
export function Note({ kind, title, children }: NoteProps): ReactElement {
  const { t } = useConsole();
  const label = {
    success: t("identities.done"),
    warning: t("identities.warning"),
    danger: t("identities.error"),
  }[kind];
  return (
    <Alert isInline variant={kind} variantLabel={label} title={title} component="p">
      {children}
    </Alert>
  );
}
