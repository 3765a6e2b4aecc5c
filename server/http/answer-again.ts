import type { Context } from 'hono';
import type { Metrics } from '../metrics/metrics.ts';
import type { NoteAccess } from './access-log.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { Budget } from './rate-limit.ts';

export interface AnswerAgain {
  readonly kept: KeptAnswers;
  readonly budget: Budget;
  readonly metrics: Pick<Metrics, 'observe'>;
  readonly note: NoteAccess;
  /** Answers whatever is not kept. */
  readonly route: (c: Context) => Response | Promise<Response>;
}

/**
 * Answers from what is kept, before anything is routed: the dozen steps that every other request takes cost three times
 * what sending an answer does. It is limited, counted and noted as all are.
 */
export const answerAgain =
  ({ kept, budget, metrics, note, route }: AnswerAgain) =>
  (c: Context): Response | Promise<Response> => {
    const begun = performance.now();
    const answer = kept.find(c);
    if (!answer) return route(c);
    const { bytes, kind } = answer;
    const spent = budget.spend(c, answer.kind);
    if (!spent) return send(answer.headers);
    return spent.then((taken) => {
      if (!taken) return send(answer.headers);
      // Who is refused is refused where all are; a request spends once.
      return taken.isWithin ? send({ ...answer.headers, ...taken.limits }) : route(c);
    });

    function send(headers: Readonly<Record<string, string>>): Response {
      const milliseconds = performance.now() - begun;
      metrics.observe(kind, 200, milliseconds / 1000);
      note(c, 200, milliseconds);
      return new Response(bytes, { status: 200, headers });
    }
  };
