import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Waiting ends when it may; a busy machine takes its time.
configure({ asyncUtilTimeout: 5_000 });

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});
