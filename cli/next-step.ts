import type { ExtractErrorReason } from '../crawler/extract/extract-error.ts';
import type { FetchErrorReason } from '../crawler/fetch/fetch-error.ts';

const NEXT_STEPS: Record<FetchErrorReason | ExtractErrorReason | 'internal', string> = {
  blocked:
    'The service refuses automatic visits. Open the location in a browser; if it shows the terms, try "executeClientScripts": true in the declaration, or another location for the same text.',
  'not-found': 'The terms have moved. Find them on the website of the service and correct "fetch" in the declaration.',
  timeout:
    'Often passes by itself. If it stays, open the location in a browser; without "executeClientScripts" it needs less time.',
  network:
    'Check that this machine is connected and that the name of the host is still right; if it stays, correct "fetch" in the declaration.',
  server: 'The service has a fault of its own. Wait for the next run; if it stays for days, look for another location.',
  'too-large': 'The location holds more than a document. Declare the terms themselves, not a collection of them.',
  'forbidden-address':
    'The location leads to an internal address. Correct "fetch"; if you mean to track that machine, name it with --allow-address.',
  'unsupported-type': 'The location is neither HTML nor PDF. Declare a location that shows the terms as one of them.',
  'no-match':
    'The document was rebuilt. Look at its latest snapshot and correct "select" in the declaration; "clausewatch check" tries it.',
  empty:
    'The selectors match, but hold no text. Correct "select" or "remove"; if scripts write the text, set "executeClientScripts": true.',
  unreadable:
    'Look at the latest snapshot: a damaged, encrypted or scanned PDF needs another location; a filter that fails needs correcting.',
  internal: 'This is a fault of Clausewatch. Please report it with the message.',
};

/** What a person can do about a failure; reasons that this version does not know count as internal. */
export const nextStep = (reason: string): string =>
  Object.entries(NEXT_STEPS).find(([known]) => known === reason)?.[1] ?? NEXT_STEPS.internal;
