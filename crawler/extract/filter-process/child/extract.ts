import { JSDOM, VirtualConsole } from 'jsdom';
import { toMarkdown } from '../../pipeline.ts';
import type { ChildRequest } from '../messages.ts';
import { describe, prepareFilters } from './filter-functions.ts';

/**
 * Extracts one document as OTA does when it has filters: a DOM without scripts or resources, the filters in order, then the
 * rules for all documents.
 *
 * @throws ExtractError from the rules, Error from the filters
 */
export async function extract(request: ChildRequest): Promise<string> {
  const { location, select, remove } = request;
  const filters = await prepareFilters(request.filter, request);
  const { window } = new JSDOM(request.content, { url: location, virtualConsole: new VirtualConsole() });
  try {
    const names = filters.map(({ name }) => name);
    for (const filter of filters) {
      try {
        const context = { fetch: location, select: select ?? [], remove: remove ?? [], filter: [...names] };
        await filter.run(window.document, context);
      } catch (error) {
        throw new Error(`The filter function "${filter.declaredName}" failed: ${describe(error)}`, { cause: error });
      }
    }
    return toMarkdown(window.document, { location, select, remove });
  } finally {
    window.close();
  }
}
