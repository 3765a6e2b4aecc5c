import { answerText, type Caching } from '../api/answer.ts';
import { frame, type Html, type PageFacts } from './frame.ts';
import type { PageContext } from './page-context.ts';

/** Answers a whole page with validators, or 304 where the reader has it. */
export async function answerPage(
  page: PageContext,
  facts: PageFacts,
  body: Html,
  { caching = 'short' }: { readonly caching?: Caching } = {},
): Promise<Response> {
  const document = await frame(page, facts, body);
  return answerText(page.c, String(document), 'text/html; charset=utf-8', { caching });
}
