import {
  CALL_PARAMETERS,
  type Parameters,
  PARAMETERS,
  SERVER,
  SERVER_KINDS,
  type ServerKind,
  TRAFFIC_PARAMETERS,
  VERSION_PARAMETERS,
  ZONE_PARAMETERS,
} from '../parameters.ts'
import { SCALING } from '../parameters/scaling.ts'

/**
 * Where each parameter lies, counted from the start of its owner in the model's one vector of numbers. Every kind of component starts
 * with the parameters all servers share, so that the hot loop reads them without asking for the kind.
 */
function slotsOf<P extends Parameters>(parameters: P, first = 0): { readonly [K in keyof P]: number } {
  // Each key is mapped to its place.
  return Object.fromEntries(Object.keys(parameters).map((key, i) => [key, first + i])) as {
    readonly [K in keyof P]: number
  }
}

/** Shared by all kinds of servers. */
export const S = slotsOf(SERVER)
/** Of a call. */
export const C = slotsOf(CALL_PARAMETERS)
/** Of a version. */
export const V = slotsOf(VERSION_PARAMETERS)
/** Of a zone. */
export const Z = slotsOf(ZONE_PARAMETERS)
/** Of a traffic source. */
export const T = slotsOf(TRAFFIC_PARAMETERS)

const own = new Map<ServerKind, readonly string[]>(
  SERVER_KINDS.map((kind) => [
    kind,
    [...Object.keys(SERVER), ...Object.keys(PARAMETERS[kind]).filter((key) => !(key in SERVER))],
  ]),
)
/** Names of a kind's parameters in the order of their slots. */
export const namesOf = (kind: ServerKind): readonly string[] => own.get(kind) ?? []
const extra = (kind: ServerKind, name: string): number => {
  const at = namesOf(kind).indexOf(name)
  if (at < 0) throw new Error(`${kind} has no parameter ${name}`)
  return at
}

/** Of services and workers, which have these in the same places. */
export const SC = slotsOf(SCALING, extra('service', 'autoscaler.enabled'))

/** Parameters that only one kind has. */
export const X = {
  keys: extra('cache', 'keys'),
  zipf: extra('cache', 'zipf'),
  ttl: extra('cache', 'ttl'),
  capacity: extra('cache', 'capacity'),
  coalesce: extra('cache', 'coalesce'),
  persistent: extra('cache', 'persistent'),
  startFill: extra('cache', 'start_fill'),
  ttlOfNames: extra('dns', 'ttl'),
  serveStale: extra('dns', 'serve_stale'),
  every: extra('job', 'every'),
  offset: extra('job', 'offset'),
  items: extra('job', 'items'),
  suspended: extra('job', 'suspended'),
  connections: extra('database', 'connections'),
  lockShare: extra('database', 'lock.share'),
  lockTime: extra('database', 'lock.time'),
  speed: extra('database', 'replication.speed'),
  delay: extra('database', 'replication.delay'),
  synchronous: extra('database', 'replication.synchronous'),
  reads: extra('database', 'replication.reads'),
  automatic: extra('database', 'failover.automatic'),
  after: extra('database', 'failover.after'),
  election: extra('database', 'failover.election'),
  repoint: extra('database', 'failover.repoint'),
  fencing: extra('database', 'failover.fencing'),
  damaged: extra('database', 'data.damaged'),
  maxMessages: extra('queue', 'max_messages'),
  redeliver: extra('worker', 'redeliver'),
  objectMax: extra('object-store', 'object.max'),
  bandwidth: extra('object-store', 'bandwidth'),
} as const
