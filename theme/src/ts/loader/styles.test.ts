import { afterEach, expect, it } from "vitest";
import { putFirst } from "./styles";

function sheet(href: string): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return link;
}

afterEach(() => {
  document.head.replaceChildren();
});

it("puts our style sheet before the console's and an administrator's, and waits until it is there again", async () => {
  const console = sheet("/resources/abcde/admin/identities/assets/main-1.css");
  const custom = sheet("/resources/abcde/admin/identities/css/corporate.css");
  const ours = sheet("/resources/abcde/admin/identities/assets/identities/element-2.css");

  let done = false;
  const moved = putFirst(document).then(() => {
    done = true;
  });
  await Promise.resolve();
  expect(done).toBe(false);
  ours.dispatchEvent(new Event("load"));
  await moved;

  expect([...document.head.children]).toEqual([ours, console, custom]);
});
