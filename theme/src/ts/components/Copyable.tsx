import CopyIcon from "@patternfly/react-icons/dist/esm/icons/copy-icon";
import { type ReactElement, useState } from "react";
import { useConsole } from "../hooks/console";
import { Button } from "../pf";
import { Text } from "./Bits";
import { Status } from "./Status";

/** A text that is needed elsewhere, with a button that copies it. Browsers let a page copy by HTTPS or on localhost only. */
export function Copyable({ children }: { children: string }): ReactElement {
  const { t } = useConsole();
  const [copied, setCopied] = useState(false);
  const clipboard = (navigator as Partial<Navigator>).clipboard;
  return (
    <span>
      <Text>{children}</Text>
      {clipboard && (
        <Button
          variant="plain"
          className="identities-copy"
          aria-label={t("identities.copy", { text: children })}
          title={copied ? t("identities.copied") : t("identities.copy", { text: children })}
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
