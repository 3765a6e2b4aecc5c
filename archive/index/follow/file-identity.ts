import { statSync } from 'node:fs';

/** Which file it is: another one under the same name has another identity. undefined: there is none. */
export function fileIdentity(file: string): string | undefined {
  const facts = statSync(file, { throwIfNoEntry: false, bigint: true });
  // A number is used again as soon as its file is gone; the time at which it was made is not.
  return facts && `${facts.dev}:${facts.ino}:${facts.birthtimeNs}`;
}

/** The file's identity, size and the time of the last write: what changes when anything is written to it. */
export function fileState(file: string): string | undefined {
  const facts = statSync(file, { throwIfNoEntry: false, bigint: true });
  return facts && `${fileIdentity(file)}:${facts.size}:${facts.mtimeNs}`;
}
