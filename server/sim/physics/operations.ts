import { z } from 'zod'
import { Slug } from '../../../shared/ids.ts'
import { Bytes, Ratio, Seconds } from '../scenario/units.ts'
import { DATA_OPERATIONS } from './data/dataOperations.ts'
import type { ServerKind } from './parameters.ts'
import { SERVER_KINDS } from './parameters.ts'

/** A one-shot change of the system's state: what it does, to which kinds, with which arguments. */
export interface Operation {
  readonly title: string
  readonly describe: string
  /** Kinds of components it is done to; none for one that is done to a source of traffic. */
  readonly kinds: readonly ServerKind[]
  readonly sources?: true
  readonly args: z.ZodObject
}
const WithVersions: readonly ServerKind[] = [
  'load-balancer',
  'service',
  'worker',
  'cache',
  'database',
  'queue',
  'object-store',
  'external',
]

/** Every operation a mitigation, an incident state or the game master may do to the system. */
export const OPERATIONS = {
  restart: {
    title: 'Restart',
    describe:
      'Stops instances and starts them again. All at once loses work in progress; rolling takes a quarter at a time and lets it finish.',
    kinds: SERVER_KINDS,
    args: z.strictObject({
      mode: z
        .enum(['rolling', 'all'])
        .default('rolling')
        .describe('A quarter at a time, or everything at once'),
    }),
  },
  flush: {
    title: 'Flush',
    describe: 'Forgets every item of the cache at once.',
    kinds: ['cache'],
    args: z.strictObject({}),
  },
  warm: {
    title: 'Warm',
    describe: 'Loads items into the cache from a copy, without asking the store behind it.',
    kinds: ['cache'],
    args: z.strictObject({
      to: Ratio.default(0.9).describe('Share of all items present at the end'),
      over: Seconds.default(120).describe('How long loading takes'),
    }),
  },
  deploy: {
    title: 'Deploy',
    describe:
      'Replaces instances by another version, at an even pace: new ones start beyond those wanted, old ones leave as new ones are ready. Stalls when these do not start.',
    kinds: WithVersions,
    args: z.strictObject({
      version: Slug.describe('The version to roll out'),
      share: Ratio.default(1).describe('Share of instances that run it at the end'),
      over: Seconds.default(60).describe('How long the rollout takes at least'),
    }),
  },
  rollback: {
    title: 'Roll back',
    describe:
      'Rolls a version out of use: the given version takes over all instances, as slowly as a rollout. Gives up a rollout under way.',
    kinds: WithVersions,
    args: z.strictObject({
      version: Slug.describe('The version to return to'),
      over: Seconds.default(60).describe('How long the rollout takes at least'),
    }),
  },
  truncate: {
    title: 'Truncate',
    describe: 'Cuts the object of an object store down to a size.',
    kinds: ['object-store'],
    args: z.strictObject({ to: Bytes.default(0).describe('Size afterwards') }),
  },
  ...DATA_OPERATIONS,
  'start-run': {
    title: 'Start a run',
    describe: 'Starts a run of a scheduled job now, besides those on schedule.',
    kinds: ['job'],
    args: z.strictObject({}),
  },
  'cancel-run': {
    title: 'Cancel the run',
    describe: 'Gives up the run of a scheduled job: what is left of it is not done.',
    kinds: ['job'],
    args: z.strictObject({}),
  },
  'forget-names': {
    title: 'Flush names',
    describe: 'Makes everybody who goes by the names of a name server forget them and ask anew.',
    kinds: ['dns'],
    args: z.strictObject({}),
  },
  'reset-quota': {
    title: 'Reset the quota',
    describe: 'Nothing of the quota is used any more.',
    kinds: SERVER_KINDS,
    args: z.strictObject({}),
  },
  'kill-queue': {
    title: 'Drop the queue',
    describe: 'Throws away everything that waits: requests fail, messages of a queue are lost.',
    kinds: SERVER_KINDS,
    args: z.strictObject({}),
  },
  wake: {
    title: 'Wake a herd',
    describe:
      'So many clients of a source of traffic ask at about the same time, on top of its rate: devices coming back after an outage, a push message, a restart of all clients.',
    kinds: [],
    sources: true,
    args: z.strictObject({
      clients: z.number().min(0).max(1e9).describe('How many, one request each'),
      within: Seconds.default(10).describe('Over which time they spread; less than a second is all at once'),
    }),
  },
} as const satisfies Readonly<Record<string, Operation>>
export type OperationName = keyof typeof OPERATIONS
