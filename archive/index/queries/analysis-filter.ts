import { SERVED_SIDE } from '../analysis/analysis-row.ts';
import type { VersionFilter } from '../indexed-record.ts';
import { all, type Conditions, conditions } from './conditions.ts';

/** One part of the changes that a filter means; no change is in two parts. */
export interface AnalysisChoice {
  /** How few they are: `told` people are, `named` one by one, or `all` that were judged. */
  readonly way: 'told' | 'named' | 'all';
  readonly conditions: Conditions;
}

/** What a filter asks of analyses; undefined: nothing. */
export function analysisChoices(filter: VersionFilter): readonly AnalysisChoice[] | undefined {
  const { alerts = false, classes, states, topics, languages, raised = [], lowered = [] } = filter;
  if (!alerts && !classes && !states && !topics && !languages) return undefined;
  const own = conditions(
    [`side = ${SERVED_SIDE}`],
    classes && [`class IN ${LIST}`, JSON.stringify(classes)],
    states && [`state IN ${LIST}`, JSON.stringify(states)],
    // "+": each place is looked for among those of the topics. As a list of places to go through, SQLite would take it
    // once for each of the terms (45 ms instead of 0.4), or look each of them up by itself (count: 30 ms instead of 7).
    topics && [
      `+seq IN (SELECT seq FROM analysis_topic WHERE side = ${SERVED_SIDE} AND topic IN ${LIST})`,
      JSON.stringify(topics),
    ],
    languages && [`language IN ${LIST}`, JSON.stringify(languages)],
  );
  if (!alerts) return [{ way: 'all', conditions: own }];
  const notLowered = conditions(lowered.length > 0 && [`seq NOT IN ${LIST}`, JSON.stringify(lowered)]);
  const told: AnalysisChoice = { way: 'told', conditions: all(conditions(['is_told = 1']), own, notLowered) };
  if (raised.length === 0) return [told];
  const named = conditions(['is_told = 0'], [`seq IN ${LIST}`, JSON.stringify(raised)]);
  return [told, { way: 'named', conditions: all(named, own, notLowered) }];
}

const LIST = '(SELECT value FROM json_each(?))';
