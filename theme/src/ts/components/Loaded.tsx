import type { ReactElement, ReactNode } from "react";
import { isFinal } from "../api/http";
import type { Resource } from "../hooks/useResource";
import { Failure, Stale } from "./Failure";
import { Loading } from "./Frame";

interface LoadedProps<T> {
  resource: Resource<T>;
  notFound?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows an answer, or why there is none. A failed refresh leaves the last answer in its place. */
export function Loaded<T>({ resource, notFound, children }: LoadedProps<T>): ReactElement {
  const { data, error, reload } = resource;
  if (error !== undefined && (data === undefined || isFinal(error))) {
    return <Failure error={error} retry={reload} notFound={notFound} />;
  }
  if (data === undefined) {
    return <Loading />;
  }
  return (
    <>
      <div role="status">{error !== undefined && <Stale error={error} />}</div>
      {children(data)}
    </>
  );
}
