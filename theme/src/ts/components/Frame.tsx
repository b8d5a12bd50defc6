import "@patternfly/react-styles/css/components/Title/title.css";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { useConsole } from "../hooks/console";
import { useDocumentTitle } from "../hooks/useDocumentTitle";
import { Breadcrumb, BreadcrumbItem, Skeleton } from "../pf";
import { Section } from "./Section";

interface FrameProps {
  title: string;
  /** The purpose of the page. */
  description?: string;
  /** The pages above this one, with their addresses. */
  above?: readonly { label: string; href: string }[];
  /** The parts beside the title: states, links, buttons. */
  actions?: ReactNode;
  /** Tabs. */
  navigation?: ReactNode;
  children: ReactNode;
}

/** The frame that all our pages have. */
export function Frame({ title, description, above, actions, navigation, children }: FrameProps): ReactElement {
  const { t } = useConsole();
  const heading = useRef<HTMLHeadingElement>(null);
  const isDetail = above !== undefined;
  useDocumentTitle([title, ...(above ?? []).map(({ label }) => label).reverse()].join(" – "));
  // After a link the focus starts at the top of the new page, also for screen readers.
  useEffect(() => {
    if (isDetail) {
      heading.current?.focus();
    }
  }, [isDetail]);
  return (
    <>
      <Section light>
        {above && (
          <Breadcrumb aria-label={t("identities.breadcrumb")} className="identities-breadcrumb">
            {above.map(({ label, href }) => (
              <BreadcrumbItem key={href} to={href}>
                <bdi>{label}</bdi>
              </BreadcrumbItem>
            ))}
            <BreadcrumbItem isActive>
              <bdi>{title}</bdi>
            </BreadcrumbItem>
          </Breadcrumb>
        )}
        <div className="identities-bar">
          {/* PatternFly's own heading takes no focus. */}
          <h1 className="pf-v5-c-title pf-m-2xl identities-title" ref={heading} tabIndex={-1}>
            <bdi>{title}</bdi>
          </h1>
          {actions}
        </div>
        {description && <p>{description}</p>}
      </Section>
      {navigation}
      {children}
    </>
  );
}

/** Stands where an answer is awaited. */
export function Loading(): ReactElement {
  const { t } = useConsole();
  return (
    <div role="status" className="identities-loading">
      <Skeleton screenreaderText={t("identities.loading")} />
      <Skeleton width="80%" />
      <Skeleton width="60%" />
    </div>
  );
}
