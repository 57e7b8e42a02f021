import { flag, p, type Parameters, share, time, UNLIMITED } from './parameter.ts'

/** The network between places: `network.region`. */
export const NETWORK_PARAMETERS = {
  zone: time(0.0005, 'Round trip between two zones of one region', 'cloud providers promise below 1 to 2 ms'),
  region: time(0.08, 'Round trip between two regions', 'about that between Frankfurt and Virginia'),
} satisfies Parameters

/** A zone as a whole: `zones.fra-a.up`. */
export const ZONE_PARAMETERS = {
  up: flag(1, 'Whether anything in it runs'),
  loss: share(0, 'Share of attempts into it or out of it that get lost'),
} satisfies Parameters

/** The machines under services and workers: `cluster.slots`. */
export const CLUSTER_PARAMETERS = {
  slots: p(
    'count',
    [UNLIMITED, 0, UNLIMITED],
    'Instances of services and workers that find room in all; fewer keeps new ones from starting and takes none away',
  ),
} satisfies Parameters
