import { refuse } from './refuse.ts';

/**
 * Second fetches: whether a change of the text was found again some seconds later. One row when it is planned (`awaited`),
 * one when it is done; the later one counts. Without a second row the run was ended in between.
 */
export const SCHEMA_2 = `
CREATE TABLE second_fetches (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  terms INTEGER NOT NULL REFERENCES terms,
  version_id TEXT NOT NULL,
  date TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('awaited', 'confirmed', 'not-reproduced', 'failed')),
  found TEXT CHECK (found IN ('new', 'former', 'other')),
  reason TEXT,
  message TEXT,
  CHECK ((outcome IN ('confirmed', 'not-reproduced')) = (found IS NOT NULL)),
  CHECK ((outcome = 'failed') = (reason IS NOT NULL AND message IS NOT NULL))
) STRICT;
CREATE INDEX second_fetches_by_terms ON second_fetches (terms);
-- What came of a version: the run that recorded it, and what later ones found.
CREATE INDEX terms_outcomes_recorded ON terms_outcomes (terms, version_id) WHERE version_id IS NOT NULL;

${refuse('second_fetches', 'UPDATE')}
${refuse('second_fetches', 'DELETE')}
`;
