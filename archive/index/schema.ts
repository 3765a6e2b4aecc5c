/** Raised with every change of the tables; an index of another schema is thrown away and built anew. */
export const INDEX_SCHEMA = 2;

/** Kinds of records as stored, by number. */
export const RECORD_KINDS = ['first', 'change', 'technical-upgrade'] as const;

/**
 * The tables. Everything here follows from git; ids of commits and blobs are their 20 bytes, dates whole seconds since
 * 1970 (UTC). `seq` is the place in commit order, separately for versions and snapshots.
 */
export const INDEX_TABLES = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE terms (
  id INTEGER PRIMARY KEY,
  service_id TEXT NOT NULL,
  terms_type TEXT NOT NULL,
  -- Terms of which these are the continuation under a new name.
  formerly INTEGER REFERENCES terms,
  -- Highest seq of a version whose blocks are stored.
  text_seq INTEGER NOT NULL DEFAULT 0,
  -- Counts of records, and the first and the latest version in commit order: kept with the rows that they follow from.
  versions INTEGER NOT NULL DEFAULT 0,
  first_records INTEGER NOT NULL DEFAULT 0,
  technical_upgrades INTEGER NOT NULL DEFAULT 0,
  snapshots INTEGER NOT NULL DEFAULT 0,
  first_seq INTEGER,
  latest_seq INTEGER,
  UNIQUE (service_id, terms_type)
) STRICT;

CREATE TABLE version (
  seq INTEGER PRIMARY KEY,
  commit_id BLOB NOT NULL,
  terms INTEGER NOT NULL REFERENCES terms,
  blob BLOB NOT NULL,
  fetch_date INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  subject TEXT NOT NULL,
  -- Ids of the snapshots, 20 bytes each.
  snapshots BLOB NOT NULL,
  additions INTEGER,
  deletions INTEGER,
  -- Of the file, where it is not <service>/<terms type>.md.
  path TEXT
) STRICT;
CREATE INDEX version_by_commit ON version (commit_id);
CREATE INDEX version_by_date ON version (fetch_date, kind);
-- With all that a filter asks for, so that counting and skipping read no rows.
CREATE INDEX version_by_terms ON version (terms, seq, kind, fetch_date);
-- Ids of the same date downwards, as Open Terms Archive goes from one to the next.
CREATE INDEX version_by_terms_date ON version (terms, fetch_date, commit_id DESC);
CREATE INDEX version_by_blob ON version (blob);

CREATE TABLE snapshot (
  seq INTEGER PRIMARY KEY,
  commit_id BLOB NOT NULL,
  terms INTEGER NOT NULL REFERENCES terms,
  document_id TEXT,
  blob BLOB NOT NULL,
  fetch_date INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  subject TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  location TEXT
) STRICT;
CREATE INDEX snapshot_by_commit ON snapshot (commit_id);
CREATE INDEX snapshot_by_terms ON snapshot (terms, seq);
CREATE INDEX snapshot_by_blob ON snapshot (blob);

-- Ids from before a history was rewritten, resolved by what they held.
CREATE TABLE former_version (
  commit_id BLOB NOT NULL,
  terms INTEGER NOT NULL REFERENCES terms,
  blob BLOB NOT NULL,
  fetch_date INTEGER NOT NULL,
  PRIMARY KEY (commit_id, terms)
) STRICT, WITHOUT ROWID;

CREATE TABLE former_snapshot (
  commit_id BLOB NOT NULL,
  terms INTEGER NOT NULL REFERENCES terms,
  blob BLOB NOT NULL,
  fetch_date INTEGER NOT NULL,
  PRIMARY KEY (commit_id, terms)
) STRICT, WITHOUT ROWID;

-- The judging of changes, on two sides: readers are answered from one, while the other is made by new rules.
CREATE TABLE judging (
  side INTEGER PRIMARY KEY,
  is_served INTEGER NOT NULL,
  -- Version of the rules; 0: the history before has been rewritten since, so that it cannot be gone on from.
  rules INTEGER NOT NULL,
  -- Highest seq of a version that is judged.
  seq INTEGER NOT NULL
) STRICT;

-- One change. Words stand for themselves: what they mean must not depend on the release that reads them.
CREATE TABLE analysis (
  side INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  -- Of the version: filters are answered without its row.
  terms INTEGER NOT NULL REFERENCES terms,
  kind INTEGER NOT NULL,
  fetch_date INTEGER NOT NULL,
  class TEXT NOT NULL,
  state TEXT NOT NULL,
  is_alert INTEGER NOT NULL,
  -- An alert, or undoes one.
  is_told INTEGER NOT NULL,
  -- Hundredths.
  significance INTEGER NOT NULL,
  -- Separated by blanks; null: not available in the language.
  topics TEXT,
  language TEXT,
  words_added INTEGER NOT NULL,
  words_removed INTEGER NOT NULL,
  -- JSON; null where there are none.
  stated_dates TEXT,
  undoes TEXT,
  PRIMARY KEY (side, seq)
) STRICT, WITHOUT ROWID;
-- With all that a filter asks for.
CREATE INDEX analysis_told ON analysis (side, seq, terms, kind, fetch_date, class, state) WHERE is_told = 1;
CREATE INDEX analysis_by_terms ON analysis (side, terms, seq, is_told, kind, fetch_date, class, state);

CREATE TABLE analysis_topic (
  side INTEGER NOT NULL,
  topic TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (side, topic, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis_reasons (
  side INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  -- JSON list of codes and what belongs to them.
  reasons TEXT NOT NULL,
  PRIMARY KEY (side, seq)
) STRICT, WITHOUT ROWID;

-- What judging the next change of a document needs, as JSON.
CREATE TABLE analysis_memory (
  side INTEGER NOT NULL,
  path TEXT NOT NULL,
  memory TEXT NOT NULL,
  PRIMARY KEY (side, path)
) STRICT;

-- Services that have a short block, at most six, and since when in milliseconds since 1970.
CREATE TABLE shared_block (
  side INTEGER NOT NULL,
  key TEXT NOT NULL,
  service_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (side, key, service_id)
) STRICT, WITHOUT ROWID;

-- Each distinct block of Markdown once.
CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  -- First 16 bytes of the SHA-256 of the Markdown.
  hash BLOB NOT NULL UNIQUE,
  -- Without link targets, images and emphasis: what is searched and shown.
  text TEXT NOT NULL,
  -- As recorded; null where it is the same.
  markdown TEXT
) STRICT;

-- One block in one service's terms, and the versions in which it stands.
CREATE TABLE standing (
  block INTEGER NOT NULL REFERENCES block,
  terms INTEGER NOT NULL REFERENCES terms,
  -- The clause of which this is one wording; the same through edits, moves and returns.
  clause INTEGER NOT NULL,
  -- JSON: [[from seq, seq of the first version without it or null], …], oldest first.
  spans TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  -- null: in force.
  until_seq INTEGER,
  -- Block of the heading above it when it appeared.
  heading INTEGER REFERENCES block,
  PRIMARY KEY (block, terms)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_by_clause ON standing (clause);
CREATE INDEX standing_by_terms ON standing (terms, until_seq);
CREATE INDEX standing_by_appearance ON standing (first_seq);

CREATE VIRTUAL TABLE block_words USING fts5 (text, content = 'block', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
-- Only blocks in scripts without spaces between words.
CREATE VIRTUAL TABLE block_trigrams USING fts5 (text, content = 'block', content_rowid = 'id', tokenize = 'trigram');
`;
