/**
 * Makes our style sheet the first of the page. It holds PatternFly's rules for the components that we use, some of which
 * the console has too; where both speak, the console's word and that of an administrator's own theme must be the last.
 */
export async function putFirst(page: Document): Promise<void> {
  const sheets = [
    ...page.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][href*="/assets/identities/"]'),
  ];
  await Promise.all(
    sheets.map((sheet) => {
      const loaded = new Promise((resolve) => {
        sheet.addEventListener("load", resolve, { once: true });
        sheet.addEventListener("error", resolve, { once: true });
      });
      page.head.prepend(sheet); // which loads it again, from the cache
      return loaded;
    }),
  );
}
