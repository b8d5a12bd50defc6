import BanIcon from "@patternfly/react-icons/dist/esm/icons/ban-icon";
import ErrorIcon from "@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon";
import LockIcon from "@patternfly/react-icons/dist/esm/icons/lock-icon";
import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { type ComponentType, type ReactElement, type ReactNode, useState } from "react";
import { hasStatus } from "../api/http";
import { SignInRequired } from "../auth/authorization";
import { useConsole } from "../hooks/console";
import { useDescribeError } from "../hooks/useDescribeError";
import { Button, EmptyState, EmptyStateBody, EmptyStateFooter, EmptyStateHeader, EmptyStateIcon } from "../pf";
import { Note } from "./Note";

interface FailureProps {
  error: unknown;
  retry: () => Promise<void>;
  /** Shown when the thing asked for does not exist. */
  notFound?: ReactNode;
}

/** In place of what could not be loaded: why, and what can be done. */
export function Failure({ error, retry, notFound }: FailureProps): ReactElement {
  const { t } = useConsole();
  const describe = useDescribeError();
  if (error instanceof SignInRequired) {
    return <SignIn retry={retry} />;
  }
  if (hasStatus(error, 403)) {
    return <NotPermitted />;
  }
  if (notFound && hasStatus(error, 404)) {
    return <>{notFound}</>;
  }
  const again = (
    <Button onClick={() => void retry()} variant="primary">
      {t("identities.retry")}
    </Button>
  );
  return (
    <div role="alert">
      <State icon={ErrorIcon} title={t("identities.error.notLoaded.title")} actions={again}>
        {describe(error)}
      </State>
    </div>
  );
}

/** In place of what the administrator may not see. */
export function NotPermitted(): ReactElement {
  const { t } = useConsole();
  return (
    <State icon={LockIcon} title={t("identities.error.notPermitted.title")}>
      {t("identities.error.notPermitted.view")}
    </State>
  );
}

/** A refresh failed: what is shown is from before. */
export function Stale({ error }: { error: unknown }): ReactElement {
  const { t } = useConsole();
  const describe = useDescribeError();
  return (
    <Note kind="warning" title={t("identities.error.stale")}>
      {describe(error)}
    </Note>
  );
}

interface StateProps {
  icon?: ComponentType;
  title: string;
  actions?: ReactNode;
  children?: ReactNode;
}

/** Stands where there is nothing to show. */
export function State({ icon, title, actions, children }: StateProps): ReactElement {
  return (
    <EmptyState>
      <EmptyStateHeader titleText={title} headingLevel="h2" icon={<EmptyStateIcon icon={icon ?? SearchIcon} />} />
      {children && <EmptyStateBody>{children}</EmptyStateBody>}
      {actions && <EmptyStateFooter>{actions}</EmptyStateFooter>}
    </EmptyState>
  );
}

function SignIn({ retry }: { retry: () => Promise<void> }): ReactElement {
  const { signIn, t, whoAmI } = useConsole();
  const [failed, setFailed] = useState(false);
  const onClick = () => {
    signIn().then(
      // The administrator's permissions could not be read before, either.
      () => Promise.all([retry(), whoAmI.reload()]),
      () => {
        setFailed(true);
      },
    );
  };
  return (
    <State
      icon={BanIcon}
      title={t("identities.signIn.title")}
      actions={<Button onClick={onClick}>{t("identities.signIn")}</Button>}
    >
      {failed ? t("identities.signIn.failed") : t("identities.signIn.why")}
    </State>
  );
}
