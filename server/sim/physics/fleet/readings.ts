/** What the instances of a component showed in some seconds: sums over these seconds. */
export interface Reading {
  /** Exercise second of the first. */
  from: number
  seconds: number
  /** CPU use × ready instances, share of busy slots × ready instances, ready instances. */
  cpu: number
  saturation: number
  ready: number
  /** Fewest ready instances in any second: those that have a full reading. */
  least: number
  /** Requests that arrived, and waiting requests (messages, for a worker). */
  requests: number
  waiting: number
}
/** Seconds of one reading, and of the mean that decisions are made on: metrics-server's resolution. */
const READING = 5
const WINDOW = 15

/** Notes how a second went. `delay`: how old readings get before they are used. */
export function observe(
  readings: Reading[],
  now: {
    readonly second: number
    readonly delay: number
    readonly seen: Omit<Reading, 'from' | 'seconds' | 'least'>
  },
): void {
  const { second, seen } = now
  let last = readings.at(-1)
  const from = Math.floor(second / READING) * READING
  if (last?.from !== from) {
    const oldest = from - now.delay - WINDOW - READING
    while (readings.length > 0 && (readings[0]?.from ?? 0) < oldest) readings.shift()
    last = { from, seconds: 0, cpu: 0, saturation: 0, ready: 0, least: seen.ready, requests: 0, waiting: 0 }
    readings.push(last)
  }
  last.seconds += 1
  last.cpu += seen.cpu
  last.saturation += seen.saturation
  last.ready += seen.ready
  last.least = Math.min(last.least, seen.ready)
  last.requests += seen.requests
  last.waiting += seen.waiting
}

/** Means over the window that ended `delay` ago; null where nobody could be measured. */
export interface Usage {
  readonly cpu: number | null
  readonly saturation: number | null
  /** Of all instances together. */
  readonly rps: number
  readonly queue: number
  /** Instances that were ready throughout. */
  readonly measured: number
}
/** What the metrics pipeline says at the beginning of `second`; undefined: nothing yet. */
export function usageAt(readings: readonly Reading[], second: number, delay: number): Usage | undefined {
  const until = second - delay
  let seconds = 0
  let ready = 0
  let cpu = 0
  let saturation = 0
  let requests = 0
  let waiting = 0
  let measured = Infinity
  for (const r of readings) {
    if (r.from + READING > until || r.from + READING <= until - WINDOW) continue
    seconds += r.seconds
    ready += r.ready
    cpu += r.cpu
    saturation += r.saturation
    requests += r.requests
    waiting += r.waiting
    measured = Math.min(measured, r.least)
  }
  if (seconds === 0) return undefined
  return {
    cpu: ready > 0 ? cpu / ready : null,
    saturation: ready > 0 ? saturation / ready : null,
    rps: requests / seconds,
    queue: waiting / seconds,
    measured,
  }
}
