import ExternalLinkIcon from "@patternfly/react-icons/dist/esm/icons/external-link-alt-icon";
import { type ReactElement, useContext } from "react";
import { useConsole } from "../hooks/console";
import { Tick } from "../hooks/tick";
import { undirected } from "../text";
import { isWebAddress } from "../words";

/** A text of anybody's making: cut where it is too long, and unable to turn its own direction or that around it. */
export function Text({ title, children }: { title?: string | undefined; children: string }): ReactElement {
  return (
    <bdi className="identities-text" title={title ?? undirected(children)}>
      {undirected(children)}
    </bdi>
  );
}

interface TimeProps {
  at: string;
  future?: boolean;
  /** Whether the exact time stands beside it: on pages that are read out or kept as evidence. */
  exact?: boolean;
}

/** A time as people say it, with the exact one on hover. */
export function Time({ at, future = false, exact = false }: TimeProps): ReactElement {
  const { words } = useConsole();
  useContext(Tick);
  // Clocks differ: what has happened is not in the future.
  const shown = !future && Date.parse(at) > Date.now() ? new Date().toISOString() : at;
  return (
    <time dateTime={at} dir="auto" title={words.exact(at)}>
      {exact ? `${words.relative(shown)} · ${words.exact(at)}` : words.relative(shown)}
    </time>
  );
}

/** Stands where nothing is known. */
export function Nothing(): ReactElement {
  const { t } = useConsole();
  return <span className="identities-quiet">{t("identities.unknown")}</span>;
}

/** An address from outside: a link if it is one to a page, else text. */
export function Address({ children }: { children: string }): ReactElement {
  return isWebAddress(children) ? (
    <a href={children} target="_blank" rel="noopener noreferrer">
      <Text>{children}</Text> <ExternalLinkIcon aria-hidden />
    </a>
  ) : (
    <Text>{children}</Text>
  );
}
