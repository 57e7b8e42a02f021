import { fixed, p, type Parameters, share } from './parameter.ts'

const GIB = 1_073_741_824

/** Storage of one instance. Off (no disk) while its size is 0. */
export const DISK = {
  'disk.size': p('bytes', [0, 0, 1e18], 'Storage of one instance; 0: none to speak of'),
  'disk.used': fixed(p('bytes', [0, 0, 1e18], 'Storage in use when the exercise is opened')),
  'disk.growth': p('bytes_per_second', [0, 0, 1e12], 'What logs and the like add, whatever the traffic'),
  'disk.per_request': p('bytes', [0, 0, 1e12], 'What one request adds (one write, for a database)'),
  'disk.bandwidth': p(
    'bytes_per_second',
    [GIB / 2, 1, 1e15],
    'Throughput of reading or writing it, for backups and restores',
  ),
  'disk.needed': share(1, 'Share of requests that fail with 500 when it is full (of writes, for a database)'),
} satisfies Parameters
