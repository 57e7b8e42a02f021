/** Every change of the tables since the first release, in order; `user_version` counts those done. Never edit one. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE teams (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
  ) STRICT;
  CREATE TABLE exercises (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL REFERENCES teams (id),
    name TEXT NOT NULL,
    codename TEXT NOT NULL,
    scenario_hash TEXT NOT NULL,
    source TEXT NOT NULL,
    source_sum TEXT NOT NULL,
    engine TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    join_code_hash TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    quarantined TEXT
  ) STRICT;
  CREATE INDEX exercises_by_team ON exercises (team, created_at);
  CREATE TABLE seats (
    id TEXT PRIMARY KEY,
    exercise TEXT NOT NULL REFERENCES exercises (id),
    token_hash TEXT NOT NULL UNIQUE,
    revoked INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE entries (
    exercise TEXT NOT NULL REFERENCES exercises (id),
    n INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    command TEXT,
    input TEXT NOT NULL,
    facts TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (exercise, n)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX entries_by_command ON entries (exercise, command) WHERE command IS NOT NULL;
  CREATE TABLE telemetry (
    exercise TEXT NOT NULL REFERENCES exercises (id),
    n INTEGER NOT NULL,
    samples TEXT NOT NULL,
    logs TEXT NOT NULL,
    PRIMARY KEY (exercise, n)
  ) STRICT;
  CREATE TABLE snapshots (
    exercise TEXT NOT NULL REFERENCES exercises (id),
    n INTEGER NOT NULL,
    engine TEXT NOT NULL,
    world TEXT NOT NULL,
    PRIMARY KEY (exercise, n)
  ) STRICT;
  INSERT INTO teams (id, name) VALUES ('tm_default0', 'Default team');
  `,
  `
  ALTER TABLE telemetry ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
  `,
]
