/** The background has nobody above it: what goes wrong in it is written where its developer tools show it. */
export function caught(work: Promise<unknown>): void {
  work.catch((error: unknown) => console.error(error));
}
