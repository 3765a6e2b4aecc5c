import { CommanderError } from 'commander';
import { describeError } from './describe-error.ts';
import { EXIT } from './exit-codes.ts';
import { InterruptedError } from './interruption.ts';
import { ReaderGoneError } from './print-line.ts';
import { createProgram } from './program.ts';

// A reader that has seen enough (`| head`) is no error; what is under way still ends in order.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const program = await createProgram(process.argv[2]);
for (const command of [program, ...program.commands]) command.exitOverride();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else if (!(error instanceof ReaderGoneError)) {
    process.stderr.write(`clausewatch: ${describeError(error)}\n`);
    process.exitCode = error instanceof InterruptedError ? EXIT.interrupted : EXIT.failed;
  }
}
