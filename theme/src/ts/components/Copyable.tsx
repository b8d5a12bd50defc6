import CopyIcon from "@patternfly/react-icons/dist/esm/icons/copy-icon";
import { type ReactElement, useState } from "react";
import { useConsole } from "../hooks/console";
import { Button } from "../pf";
import { Text } from "./Bits";
import { Status } from "./Status";

/**
 * A text that is needed elsewhere, with a button that copies it. Browsers let a page copy by HTTPS or on localhost only.
 * A long text has a label, by which its button is named.
 */
export function Copyable({ label, children }: { label?: string; children: string }): ReactElement {
  const { t } = useConsole();
  const name = label ?? t("identities.copy", { text: children });
  const [copied, setCopied] = useState(false);
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  return (
    <span>
      <Text>{children}</Text>
      {clipboard && (
        <Button
          variant="plain"
          className="identities-copy"
          aria-label={name}
          title={copied ? t("identities.copied") : name}
          onClick={() => {
            void clipboard.writeText(children).then(() => {
              setCopied(true);
            });
          }}
        >
          <CopyIcon aria-hidden />
        </Button>
      )}
      <Status>{copied ? t("identities.copied") : ""}</Status>
    </span>
  );
}
