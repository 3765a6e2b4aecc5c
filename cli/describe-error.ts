/**
 * An error as a person should read it: its message and, indented, the messages of its causes. Errors that are not ours
 * (a defect of the program) keep their stack, which is what a report of the defect needs.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isDefect = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  const lines = [isDefect ? `This is a defect of Clausewatch. Please report it.\n${error.stack}` : error.message];
  for (let { cause } = error; cause instanceof Error; cause = cause.cause) lines.push(`  because: ${cause.message}`);
  return lines.join('\n');
}
