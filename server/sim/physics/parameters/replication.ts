import { flag, p, type Parameters, share, time, UNLIMITED } from './parameter.ts'

/** Copies of a database: `replicas` counts the primary; the rest follow it and answer reads. */
export const REPLICATION = {
  'replication.speed': p(
    'per_second',
    [UNLIMITED, 0, UNLIMITED],
    'Writes that reach a follower and are applied there; what is not there yet when it is promoted is lost',
  ),
  'replication.delay': time(0.05, 'Lag of a follower that keeps up'),
  'replication.synchronous': flag(
    0,
    'A write is answered only when a majority has it: nothing is lost, and without a majority nothing is written',
  ),
  'replication.reads': share(1, 'Share of reads sent to followers, while there are any'),
  'failover.automatic': flag(0, 'A follower is promoted when the primary has been gone for `failover.after`'),
  'failover.after': time(30, 'How long the primary must be gone', 'Orchestrator, Patroni: about 30 s'),
  'failover.election': time(
    10,
    'From the decision to a primary that takes writes',
    'Patroni, MongoDB: about 10 s',
  ),
  'failover.repoint': time(
    30,
    'In which callers find the new primary, evenly',
    'a DNS TTL or a pool’s connection lifetime',
  ),
  'failover.fencing': flag(
    0,
    'The old primary is kept from taking writes before another is promoted, even when nobody can reach it',
  ),
  'data.damaged': share(
    0,
    'Share of reads answered 500 because their data are wrong, on every copy; a backup from before undoes it',
  ),
} satisfies Parameters
