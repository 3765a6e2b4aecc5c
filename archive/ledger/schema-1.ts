import { refuse } from './refuse.ts';

const APPEND_ONLY = ['terms', 'source_documents', 'checks', 'terms_outcomes', 'extractions', 'sizes'];

/**
 * The first schema. Times are ISO 8601 with milliseconds, UTC: they sort as text, and a person reads them.
 * Terms and source documents have a row of their own because each check would repeat some 150 characters of names.
 */
export const SCHEMA_1 = `
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  status TEXT CHECK (status IN ('completed', 'interrupted', 'failed')),
  engine_version TEXT NOT NULL,
  services INTEGER NOT NULL,
  terms INTEGER NOT NULL,
  schedule TEXT,
  declarations_commit TEXT,
  counts TEXT CHECK (json_valid(counts)),
  CHECK ((ended_at IS NULL) = (status IS NULL))
) STRICT;

CREATE TABLE terms (
  id INTEGER PRIMARY KEY,
  service_id TEXT NOT NULL,
  terms_type TEXT NOT NULL,
  UNIQUE (service_id, terms_type)
) STRICT;

CREATE TABLE source_documents (
  id INTEGER PRIMARY KEY,
  terms INTEGER NOT NULL REFERENCES terms,
  document_id TEXT,
  location TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX source_documents_unique ON source_documents (terms, ifnull(document_id, ''), location);

CREATE TABLE checks (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  source_document INTEGER NOT NULL REFERENCES source_documents,
  checked_at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'unchanged', 'not-modified', 'failed')),
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  duration_ms INTEGER NOT NULL,
  snapshot_id TEXT,
  fetcher TEXT,
  mime_type TEXT,
  etag TEXT,
  last_modified TEXT,
  stage TEXT CHECK (stage IN ('fetch', 'extract', 'internal')),
  reason TEXT,
  message TEXT,
  http_status INTEGER,
  CHECK ((outcome = 'failed') = (stage IS NOT NULL AND reason IS NOT NULL AND message IS NOT NULL)),
  CHECK (outcome = 'failed' OR snapshot_id IS NOT NULL)
) STRICT;
CREATE INDEX checks_by_source_document ON checks (source_document, checked_at);
CREATE INDEX checks_by_date ON checks (checked_at);
CREATE INDEX checks_successful ON checks (source_document) WHERE outcome <> 'failed';

CREATE TABLE terms_outcomes (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  terms INTEGER NOT NULL REFERENCES terms,
  status TEXT NOT NULL CHECK (status IN ('first', 'changed', 'upgraded', 'unchanged', 'failed')),
  version_id TEXT,
  failures TEXT CHECK (json_valid(failures)),
  date TEXT NOT NULL,
  CHECK (status <> 'failed' OR failures IS NOT NULL)
) STRICT;
CREATE INDEX terms_outcomes_by_terms ON terms_outcomes (terms);
CREATE INDEX terms_outcomes_successful ON terms_outcomes (terms) WHERE status <> 'failed';
CREATE INDEX terms_outcomes_by_run ON terms_outcomes (run);

CREATE TABLE extractions (
  id INTEGER PRIMARY KEY,
  terms INTEGER NOT NULL REFERENCES terms,
  snapshot_ids TEXT NOT NULL CHECK (json_valid(snapshot_ids)),
  declaration_hash TEXT NOT NULL,
  rules_version INTEGER NOT NULL,
  version_id TEXT,
  failure_reason TEXT,
  failure_message TEXT,
  date TEXT NOT NULL,
  CHECK ((version_id IS NULL) = (failure_reason IS NOT NULL))
) STRICT;
CREATE INDEX extractions_by_terms ON extractions (terms);

CREATE TABLE sizes (
  run INTEGER NOT NULL REFERENCES runs,
  part TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  date TEXT NOT NULL,
  PRIMARY KEY (run, part)
) STRICT;

${APPEND_ONLY.flatMap((table) => [refuse(table, 'UPDATE'), refuse(table, 'DELETE')]).join('\n')}
${refuse('runs', 'UPDATE', 'WHEN OLD.ended_at IS NOT NULL')}
${refuse('runs', 'DELETE')}
`;
