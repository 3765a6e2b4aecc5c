import { statSync } from 'node:fs';

/** Which file it is: another one under the same name has another identity. undefined: there is none. */
export function fileIdentity(file: string): string | undefined {
  const facts = statSync(file, { throwIfNoEntry: false, bigint: true });
  // A number is used again as soon as its file is gone; the time at which it was made is not.
  return facts && `${facts.dev}:${facts.ino}:${facts.birthtimeNs}`;
}

/** What changes when anything is written to a SQLite file or to its log; readers change nothing of it. undefined: there is no such file. */
export function databaseState(file: string): string | undefined {
  const identity = fileIdentity(file);
  return identity && `${identity} ${lastWrite(file)} ${lastWrite(`${file}-wal`)}`;
}

function lastWrite(file: string): string {
  const facts = statSync(file, { throwIfNoEntry: false, bigint: true });
  return facts ? `${facts.size}:${facts.mtimeNs}` : '-';
}
