/** A service as ToS;DR's extension keeps it: one of a list, in one item of the storage. */
export interface ListedService {
  readonly id: number;
  readonly name: string;
  readonly urls: readonly string[];
  readonly rating: string;
}

/** As that extension searches it: each service's addresses, one after the other. */
export const findInList = (list: readonly ListedService[], host: string): ListedService | undefined =>
  list.find(({ urls }) => urls.some((url) => host === url || host.endsWith(`.${url}`)));
