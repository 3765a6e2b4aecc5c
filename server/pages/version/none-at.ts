import { type FoundTerms, notFound } from '../../api/find.ts';
import type { PageContext } from '../page-context.ts';
import { answerErrorPage } from '../page-error.ts';

/** Says that nothing had been recorded of terms by a date, and when the first version was; or that nothing is recorded. */
export function answerNoneAt(
  page: PageContext,
  { reader, serviceId, termsType }: Pick<FoundTerms, 'reader' | 'serviceId' | 'termsType'>,
  date: Date | undefined,
): Response | Promise<Response> {
  const { t, format } = page;
  const first = reader.firstVersion(serviceId, termsType);
  const said =
    !first || date === undefined
      ? t('version.noneRecorded')
      : t('version.noneAt', { date: format.day(date), first: format.day(first.fetchDate) });
  return answerErrorPage(page, notFound(said), said);
}
