/** Thrown where whoever read stdout has seen enough (`| head`): no error, but nothing is left to do. */
export class ReaderGoneError extends Error {
  override readonly name = 'ReaderGoneError';
}

let isReaderGone = false;
process.stdout.on('error', () => {
  isReaderGone = true;
});

/**
 * Writes lines to stdout at the pace of whoever reads them, so that a slow reader does not make us keep them all.
 *
 * @throws ReaderGoneError once nobody reads any more.
 */
export async function printLine(line: string): Promise<void> {
  const { stdout } = process;
  if (!isReaderGone && !stdout.write(`${line}\n`)) {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        for (const event of ['drain', 'error', 'close']) stdout.off(event, go);
        resolve();
      };
      for (const event of ['drain', 'error', 'close']) stdout.on(event, go);
    });
  }
  if (isReaderGone) throw new ReaderGoneError('Nobody reads the output any more.');
}
