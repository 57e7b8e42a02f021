import { exp, normalCdf } from '../math.ts'

/** Grid over utilisation: the probability of waiting is kept at ρ = i / STEPS. */
const STEPS = 512
/** Up to here every whole number of servers has its own exact table, then every sixteenth up to the other; beyond, a limit law. */
const EACH = 400
const EXACT = 2000
const STRIDE = 16
/** Stands for "never refused" where the reciprocal of Erlang B is meant. */
const NEVER_FULL = 1e12
const waits: (Float64Array | undefined)[] = []
const overloads: (Float64Array | undefined)[] = []

/** Erlang B by its recursion (Cooper, Introduction to Queueing Theory). */
function erlangB(servers: number, load: number): number {
  let b = 1
  for (let k = 1; k <= servers; k += 1) b = (load * b) / (k + load * b)
  return b
}
function waitTable(servers: number): Float64Array {
  const table = new Float64Array(STEPS + 1)
  for (let i = 1; i < STEPS; i += 1) {
    const rho = i / STEPS
    const b = erlangB(servers, rho * servers)
    table[i] = b / (1 - rho * (1 - b))
  }
  table[STEPS] = 1
  return table
}
/** 1/B at loads above the servers, by s = servers / load from 0 to 1. */
function overloadTable(servers: number): Float64Array {
  const table = new Float64Array(STEPS + 1)
  table[0] = 1
  for (let i = 1; i <= STEPS; i += 1) table[i] = 1 / erlangB(servers, (servers * STEPS) / i)
  return table
}

function within(table: Float64Array, x: number): number {
  const at = x * STEPS
  const i = Math.floor(at)
  const low = table[i] ?? 1
  return low + (at - i) * ((table[i + 1] ?? low) - low)
}

/** Reads a table at `x` for any number of servers: a straight line between the two nearest numbers that have one. */
function read(
  tables: (Float64Array | undefined)[],
  make: (servers: number) => Float64Array,
  o: { servers: number; x: number },
): number {
  const step = o.servers < EACH ? 1 : STRIDE
  const whole = Math.floor(o.servers / step) * step
  const low = within((tables[whole] ??= make(whole)), o.x)
  if (whole === o.servers) return low
  return (
    low + ((o.servers - whole) / step) * (within((tables[whole + step] ??= make(whole + step)), o.x) - low)
  )
}

/** Many servers (Jagerman 1974; Halfin and Whitt 1981): 1/B = √a·Φ(β)/φ(β) with β = (c − a)/√a. */
function manyServers(servers: number, load: number): number {
  const beta = (servers - load) / Math.sqrt(load)
  if (beta > 7) return NEVER_FULL
  if (beta < -6) return load / (load - servers)
  return (Math.sqrt(load) * normalCdf(beta) * 2.5066282746310002) / exp((-beta * beta) / 2)
}

/**
 * Erlang C: the probability that an arrival has to wait at `servers` servers used to the share `rho` (0…1).
 * Servers need not be whole; between two whole numbers it is a straight line. Error below 1 %.
 */
export function waitProbability(servers: number, rho: number): number {
  if (rho <= 0) return 0
  if (rho >= 1) return 1
  if (servers <= 1) return rho
  if (servers <= EXACT) return read(waits, waitTable, { servers, x: rho })
  const per = manyServers(servers, servers * rho)
  return per < NEVER_FULL ? 1 / (per * (1 - rho) + rho) : 0
}

/**
 * The reciprocal of Erlang B: 1 / the share of arrivals that finds all of `servers` servers taken when `ratio` times what they can do is
 * offered and nobody may wait. Any ratio above 0; at most 1e12.
 */
export function perBlocked(servers: number, ratio: number): number {
  if (ratio <= 0) return NEVER_FULL
  if (servers > EXACT) return manyServers(servers, servers * ratio)
  if (servers <= 1) return 1 + 1 / ratio
  if (ratio >= 1) return read(overloads, overloadTable, { servers, x: 1 / ratio })
  // B from C: C = B / (1 − ρ(1 − B)).
  const wait = waitProbability(servers, ratio)
  return wait > 0 ? Math.min(NEVER_FULL, (1 - ratio * wait) / (wait * (1 - ratio))) : NEVER_FULL
}
