import { z } from 'zod'
import type { ComponentKind } from '../../../../shared/contracts/system.ts'
import { Slug } from '../../../../shared/ids.ts'
import { Ratio, Seconds } from '../../scenario/units.ts'

const DATABASE: readonly 'database'[] = ['database']
const WITH_DISKS = [
  'load-balancer',
  'service',
  'worker',
  'cache',
  'database',
  'queue',
  'object-store',
  'external',
  'dns',
  'job',
] as const satisfies readonly ComponentKind[]

/** Operations on what is stored: who leads, what is copied, put back or thrown away. */
export const DATA_OPERATIONS = {
  failover: {
    title: 'Fail over',
    describe:
      'Makes a follower the primary. With `wait`, a primary that can be reached steps down first and nothing is lost; otherwise what the follower lacks is lost, and the old primary does not know.',
    kinds: DATABASE,
    args: z.strictObject({
      to: Slug.optional().describe('Which follower; without, the one that lacks least'),
      wait: z
        .boolean()
        .default(true)
        .describe('The old primary steps down and the follower catches up first'),
    }),
  },
  fence: {
    title: 'Fence',
    describe: 'Keeps a member from taking writes, even if it takes itself for the primary.',
    kinds: DATABASE,
    args: z.strictObject({
      node: Slug.optional().describe(
        'Which member; without, a primary of before that takes writes, else the primary',
      ),
      release: z.boolean().default(false).describe('Lets it take writes again'),
    }),
  },
  'rebuild-follower': {
    title: 'Rebuild a follower',
    describe:
      'Copies the data of the primary to a member that cannot follow any more. Takes as long as given, and no less than its disk in use by `disk.bandwidth`.',
    kinds: DATABASE,
    args: z.strictObject({
      node: Slug.optional().describe('Which member; without, the first one that cannot follow'),
      over: Seconds.default(600).describe('How long the copy takes'),
    }),
  },
  restore: {
    title: 'Restore a backup',
    describe:
      'Puts a backup back: nothing is answered for its size by `disk.bandwidth`, and what was written since it was taken is lost. One that does not work ends in failure after that time.',
    kinds: DATABASE,
    args: z.strictObject({ backup: Slug.describe('Which backup') }),
  },
  'free-disk': {
    title: 'Free disk space',
    describe: 'Deletes what is not needed, at an even pace.',
    kinds: WITH_DISKS,
    args: z.strictObject({
      to: Ratio.default(0.5).describe('Share of the disk in use afterwards'),
      over: Seconds.default(60).describe('How long deleting takes'),
    }),
  },
} as const
