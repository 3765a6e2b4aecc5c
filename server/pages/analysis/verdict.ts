import type { ChangeAnalysis, ChangeClass } from '../../api/contract.ts';
import type { MessageKey } from '../messages.ts';
import type { PageContext } from '../page-context.ts';
import { topicWords } from '../parts/topics.ts';

const QUIET: Readonly<Record<ChangeClass, MessageKey>> = {
  text: 'analysis.quietText',
  date: 'analysis.quietDate',
  numbering: 'analysis.quietNumbering',
  moved: 'analysis.quietMoved',
  links: 'analysis.quietLinks',
  formatting: 'analysis.quietFormatting',
  none: 'analysis.quietNone',
};

/** In one sentence, whether people are told of a change, and why; the reasons have it in detail. */
export function verdict(page: PageContext, analysis: ChangeAnalysis, isTechnicalUpgrade: boolean): string {
  const { t, format } = page;
  const key = keyOf(analysis, isTechnicalUpgrade);
  return key === 'analysis.toldAbout'
    ? t(key, { topics: format.list((analysis.topics ?? []).map((topic) => topicWords(page, topic))) })
    : t(key);
}

function keyOf(analysis: ChangeAnalysis, isTechnicalUpgrade: boolean): MessageKey {
  const { alert, overlay, state, undoes, topics } = analysis;
  if (overlay?.kind === 'not-reproduced') return 'analysis.notReproduced';
  if (overlay?.kind === 'awaited') return 'analysis.awaited';
  if (overlay?.kind === 'persisting' || (alert && state === 'persisting')) return 'analysis.toldPersisting';
  if (alert) {
    if (state === 'reverted') return 'analysis.toldReverted';
    if (analysis.class === 'date') return 'analysis.toldDate';
    return topics && topics.length > 0 ? 'analysis.toldAbout' : 'analysis.told';
  }
  if (isTechnicalUpgrade) return 'analysis.quietUpgrade';
  if (state === 'suspect') return 'analysis.quietSuspect';
  if (undoes.length > 0) return 'analysis.quietUndoes';
  return state === 'return' ? 'analysis.quietReturn' : QUIET[analysis.class];
}
