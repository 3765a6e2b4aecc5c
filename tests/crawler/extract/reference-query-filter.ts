/** OTA's built-in filter as its rule reads, on jsdom's own `href` and `src`. */
export const referenceQueryFilter =
  (names: unknown) =>
  (document: Document): void => {
    const parameters = [names].flat().filter((name) => typeof name === 'string');
    for (const element of document.querySelectorAll<HTMLAnchorElement & HTMLImageElement>('a[href], img[src]')) {
      const property = element.tagName === 'A' ? 'href' : 'src';
      try {
        const url = new URL(element[property]);
        if (!parameters.some((name) => url.searchParams.has(name))) continue;
        for (const name of parameters) url.searchParams.delete(name);
        element[property] = url.toString();
      } catch {
        // Invalid addresses stay as they are.
      }
    }
  };
