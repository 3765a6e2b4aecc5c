import type { Context, Hono } from 'hono';
import type { ReadOnlyLedger } from '../../../archive/ledger/ledger.ts';
import type { TrackingState } from '../../../archive/ledger/tracking-state.ts';
import { answerError, answerJson } from './answer-json.ts';
import { completedTracking } from './completed-tracking.ts';
import { type Page, readPage } from './page-parameters.ts';
import type { RoutesContext } from './routes-context.ts';
import { toTrackingResult } from './tracking-result.ts';
import { toTrackingRun } from './tracking-run.ts';

/**
 * How the latest completed run found the terms, from the ledger of checks. Where nothing is tracked, as of a mirror,
 * it is as before the first run.
 */
export function addTrackingResultsRoutes(app: Hono, { collection }: RoutesContext): void {
  app.get('/tracking-results', (c) => {
    const page = readPage(c);
    if ('error' in page) return answerError(c, 400, page.error);
    const status = c.req.query('status');
    if (status !== undefined && status !== 'ok' && status !== 'failed') {
      return answerError(c, 400, 'Invalid status parameter. Must be one of "ok", "failed".');
    }
    const { ledger, states } = latest();
    return paged(c, page, ledger, status === undefined ? states : states.filter((state) => state.status === status));
  });

  app.get('/tracking-results/run', (c) => {
    const ledger = collection.ledger();
    const completed = ledger && completedTracking(ledger);
    if (!completed) return answerError(c, 404, 'No tracking run has completed yet');
    return answerJson(c, toTrackingRun(collection, completed));
  });

  app.get('/tracking-result/:serviceId', (c) => {
    const serviceId = c.req.param('serviceId');
    const page = readPage(c);
    if ('error' in page) return answerError(c, 400, page.error);
    const { ledger, states } = latest({ serviceId });
    if (states.length === 0) return answerError(c, 404, `No tracking results found for service "${serviceId}"`);
    return paged(c, page, ledger, states);
  });

  app.get('/tracking-result/:serviceId/:termsType', (c) => {
    const { serviceId, termsType } = c.req.param();
    const { ledger, states } = latest({ serviceId, termsType });
    const [state] = states;
    if (!ledger || !state) {
      return answerError(c, 404, `No tracking result found for service "${serviceId}" and terms type "${termsType}"`);
    }
    return answerJson(c, toTrackingResult(collection, ledger, state));
  });

  function latest(filter?: { readonly serviceId: string; readonly termsType?: string }): {
    readonly ledger: ReadOnlyLedger | undefined;
    readonly states: readonly TrackingState[];
  } {
    const ledger = collection.ledger();
    const completed = ledger && completedTracking(ledger);
    if (!completed) return { ledger, states: [] };
    return { ledger, states: filter ? ledger.trackingStates(completed.run.id, filter) : completed.states() };
  }

  function paged(
    c: Context,
    { limit, offset }: Page,
    ledger: ReadOnlyLedger | undefined,
    states: readonly TrackingState[],
  ) {
    const part = states.slice(offset, offset + limit);
    const data = ledger ? part.map((state) => toTrackingResult(collection, ledger, state)) : [];
    return answerJson(c, { data, count: states.length, limit, offset });
  }
}
