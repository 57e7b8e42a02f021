import { exp, normalCdf } from './math.ts'

/** Grid over utilisation: the probability of waiting is kept at ρ = i / STEPS. */
const STEPS = 256
/** Up to here every whole number of servers has its own exact table; beyond, the limit law is within 1 %. */
const EXACT = 400
const tables: (Float64Array | undefined)[] = []

function exactTable(servers: number): Float64Array {
  const table = new Float64Array(STEPS + 1)
  for (let i = 1; i < STEPS; i += 1) {
    const rho = i / STEPS
    const load = rho * servers
    // Erlang B by its recursion, then C from B (Cooper, Introduction to Queueing Theory).
    let b = 1
    for (let k = 1; k <= servers; k += 1) b = (load * b) / (k + load * b)
    table[i] = b / (1 - rho * (1 - b))
  }
  table[STEPS] = 1
  return table
}

function fromTable(servers: number, rho: number): number {
  const table = (tables[servers] ??= exactTable(servers))
  const at = rho * STEPS
  const i = Math.floor(at)
  const low = table[i] ?? 1
  return low + (at - i) * ((table[i + 1] ?? 1) - low)
}

/** Halfin and Whitt (1981): many servers, β = (1 − ρ)·√c. */
function manyServers(servers: number, rho: number): number {
  const beta = (1 - rho) * Math.sqrt(servers)
  if (beta > 8) return 0
  const density = exp((-beta * beta) / 2) / 2.5066282746310002
  return 1 / (1 + (beta * normalCdf(beta)) / density)
}

/**
 * Erlang C: the probability that an arrival has to wait at `servers` servers used to the share `rho` (0…1).
 * Servers need not be whole; between two whole numbers it is a straight line. Error below 1 %.
 */
export function waitProbability(servers: number, rho: number): number {
  if (rho <= 0) return 0
  if (rho >= 1) return 1
  if (servers <= 1) return rho
  if (servers > EXACT) return manyServers(servers, rho)
  const whole = Math.floor(servers)
  const low = fromTable(whole, rho)
  return whole === servers ? low : low + (servers - whole) * (fromTable(whole + 1, rho) - low)
}
