import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { addCommits } from '../helpers/history.ts';
import { ask } from './asked.ts';

const run = promisify(execFile);

/** A clone of this bundle stands at a commit without a branch; a mirror stands on one. */
export async function standOnBranch(versions: string): Promise<void> {
  await run('git', ['-C', versions, 'update-ref', '--no-deref', 'refs/heads/main', 'HEAD']);
  await run('git', ['-C', versions, 'symbolic-ref', 'HEAD', 'refs/heads/main']);
}

interface Continued {
  /** Folder whose `versions` are served; it gets as many records more. */
  readonly data: string;
  /** A folder for the repository that is fetched from. */
  readonly scratch: string;
  readonly serviceId: string;
  readonly termsType: string;
  readonly count: number;
}

/** Milliseconds from the end of a fetch until the record that it brought is answered. */
export async function timesToAnswer(
  origin: string,
  { data, scratch, serviceId, termsType, count }: Continued,
): Promise<number[]> {
  const versions = join(data, 'versions');
  const source = join(scratch, 'origin');
  await run('git', ['clone', '--quiet', '--bare', '--shared', versions, source]);
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const [id] = addCommits(source, {
      message: `Record new changes of ${serviceId} ${termsType}`,
      date: 1_790_000_000 + index,
      set: { [`${serviceId}/${termsType}.md`]: `Terms of the benchmark, number ${index}, ${Date.now()}.\n` },
    });
    await run('git', ['-C', versions, 'fetch', '--quiet', source, '+main:main']);
    const fetched = performance.now();
    for (;;) {
      const { status, text } = await ask(
        `${origin}/contrib/api/v1/version/${encodeURIComponent(serviceId)}/${encodeURIComponent(termsType)}/latest`,
      );
      if (status === 200 && text.includes(id ?? '-')) break;
      if (performance.now() - fetched > 30_000) throw new Error('A new record is not answered 30 s after its fetch');
      await delay(5);
    }
    times.push(performance.now() - fetched);
  }
  return times;
}
