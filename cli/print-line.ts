/** Writes lines to stdout at the pace of whoever reads them, so that a slow reader does not make us keep them all. */
export async function printLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
