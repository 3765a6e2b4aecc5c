import { redline } from '../../archive/changes/redline/redline.ts';
import { IndexUnavailableError, QuerySyntaxError } from '../../archive/index/index-error.ts';
import type { HandedTask, QueryTask, TaskAnswer, TaskResults } from './query-task.ts';
import { mentionsIn, searchSources } from './search-sources.ts';
import { createThreadReaders } from './thread-readers.ts';

const readers = createThreadReaders();

/** Runs in a thread of the pool: answers one task. */
export default function answer({ task, begun }: HandedTask): TaskAnswer {
  Atomics.store(begun, 0, 1);
  Atomics.notify(begun, 0);
  try {
    return { result: run(task) };
  } catch (error) {
    if (error instanceof QuerySyntaxError) return { failure: { name: error.name, message: error.message } };
    if (error instanceof IndexUnavailableError) {
      return { failure: { name: error.name, message: error.message, reason: error.reason } };
    }
    throw error;
  }
}

function run(task: QueryTask): TaskResults[keyof TaskResults] {
  if (task.kind === 'redline') return redline(task.before, task.after);
  if (task.kind === 'search') return searchSources(readers, task.queries);
  if (task.kind === 'mentions') return mentionsIn(readers, task.queries);
  return readers.with(task.source, (reader) => {
    if (task.kind === 'clause') return reader.clause(task.clauseId);
    return reader.passageHistory(task.serviceId, task.termsType, task.passage);
  });
}
