import { html } from 'hono/html';
import { isOfBlock, type Reason } from '../../../archive/changes/analysis/reason.ts';
import type { Html } from '../frame.ts';
import type { MessageValues } from '../messages.ts';
import type { PageContext } from '../page-context.ts';

/** Of the private use area: where the archived words go. No message has it, and what archives have of it is not looked at. */
const PLACE = '\uE000';

/**
 * A reason in the page's language; archived words in it are marked as theirs.
 *
 * @param textLanguage of the archived text, where it is clear
 */
export function judgementReason(
  page: Pick<PageContext, 't' | 'format'>,
  reason: Reason,
  textLanguage: string | undefined,
): Html {
  const { t } = page;
  const says = t(`reason.${reason.code}`, valuesOf(page, reason));
  if (!isOfBlock(reason)) return html`${says}`;
  const [before = '', after = ''] = t('reason.block', {
    side: t(`reasonSide.${reason.side}`),
    words: PLACE,
    why: says,
  }).split(PLACE, 2);
  return html`${before}<bdi lang="${textLanguage ?? ''}">${reason.words}</bdi>${after}`;
}

/** What belongs to a reason, as the page's language writes it. */
function valuesOf({ format }: Pick<PageContext, 'format'>, reason: Reason): MessageValues {
  if (reason.code === 'other-language') {
    return { from: format.language(reason.from), to: format.language(reason.to) };
  }
  const { code, ...values } = reason;
  return 'date' in values ? { ...values, date: format.day(new Date(values.date)) } : values;
}
