import { Gauge, Histogram, Registry } from 'prom-client';
import type { ServerDeps } from '../deps.ts';
import { collectionHealth, type HealthContext } from '../health/collection-health.ts';
import type { RequestKind } from '../http/request-kind.ts';
import { COLLECTION_MEASURES } from './collection-measures.ts';
import type { Measure } from './measure.ts';
import { PROCESS_MEASURES } from './process-measures.ts';

export interface Metrics {
  /** @param seconds until the answer was begun. */
  observe(kind: RequestKind, status: number, seconds: number): void;
  /** All of them as Prometheus reads them. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Measures of one server, in a registry of its own. What is known of collections is read when it is asked for. */
export function createMetrics(deps: ServerDeps, context: Omit<HealthContext, 'now'>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const durations = new Histogram({
    name: 'clausewatch_http_request_duration_seconds',
    help: 'Time until an answer was begun.',
    labelNames: ['kind', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const queryMeasures: readonly Measure<void>[] = [
    ['clausewatch_queries_running', 'Searches and redlines being worked on.', () => deps.queries.load().running],
    ['clausewatch_queries_waiting', 'Searches and redlines that wait.', () => deps.queries.load().waiting],
  ];
  const plain = [...PROCESS_MEASURES, ...queryMeasures].map(([name, help, read]) => {
    const gauge = new Gauge({ name, help, registers });
    return () => gauge.set(read() ?? 0);
  });
  const labelNames = ['collection'] as const;
  const gauges = COLLECTION_MEASURES.map(([name, help, read]) => {
    return { gauge: new Gauge({ name: `clausewatch_${name}`, help, labelNames, registers }), read };
  });
  const outcomes = new Gauge({
    name: 'clausewatch_last_run_terms',
    help: 'Terms of the latest run by how they ended.',
    labelNames: [...labelNames, 'outcome'] as const,
    registers,
  });
  const changes = new Gauge({
    name: 'clausewatch_index_changes',
    help: 'Changes by class and by whether people should be told.',
    labelNames: [...labelNames, 'class', 'alert'] as const,
    registers,
  });

  const readCollections = (): void => {
    // What a collection had and has no more is not told on.
    for (const { gauge } of gauges) gauge.reset();
    outcomes.reset();
    changes.reset();
    for (const collection of deps.collections.all()) {
      const labels = { collection: collection.id };
      try {
        const health = collectionHealth(collection, { ...context, now: deps.clock() });
        for (const { gauge, read } of gauges) {
          const value = read(health);
          if (value !== undefined) gauge.set(labels, value);
        }
        for (const [outcome, terms] of Object.entries(health.lastRun?.counts ?? {})) {
          outcomes.set({ ...labels, outcome }, terms);
        }
        if (health.index.versions === null) continue;
        for (const count of collection.index().analysisCounts()) {
          changes.inc({ ...labels, class: count.class, alert: String(count.alert) }, count.changes);
        }
      } catch (error) {
        deps.log.warn({ err: error, collection: collection.id }, 'the state of a collection could not be measured');
      }
    }
  };

  return {
    observe: (kind, status, seconds) => durations.observe({ kind, status: `${Math.floor(status / 100)}xx` }, seconds),
    text() {
      for (const set of plain) set();
      readCollections();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
