/** Something wrong in a collection's files, said so that its author can put it right. */
export interface Fault {
  /** Absent where the fault belongs to no single service. */
  readonly service: string | undefined;
  /** Relative to the collection's folder, with `/` between the parts. */
  readonly file: string;
  /** Where in the file: `terms["Privacy Policy"].combine[1].select`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong and what was expected. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** A warning leaves `validate` successful. */
  readonly severity: 'fault' | 'warning';
}

/** Notes a fault at a path inside the file being read. */
export type Report = (path: string, message: string, hint: string, severity?: Fault['severity']) => void;

/** A {@link Report} that adds to a list. */
export const reportTo =
  (faults: Fault[], service: string | undefined, file: string): Report =>
  (path, message, hint, severity = 'fault') => {
    faults.push({ service, file, path, message, hint, severity });
  };

/** The path of a member: `a` → `a.b`, `a["b c"]`, `a[0]`. */
export function memberPath(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  if (!/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value's kind in the words of JSON, for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? `the text ${JSON.stringify(value)}` : `the ${typeof value} ${value}`;
}
