/**
 * Indexes that were found wanting after the schema was released. They change no answer, so they are no step of the
 * schema: a reader does without until the next writer has made them.
 */
export const INDEXES = `
-- The last failure of terms, however many years of successes lie behind it.
CREATE INDEX IF NOT EXISTS terms_outcomes_failed ON terms_outcomes (terms) WHERE status = 'failed';
`;
