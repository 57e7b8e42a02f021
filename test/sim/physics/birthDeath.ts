/** A queue with Poisson arrivals and exponential servers as the Markov chain it is. */
export interface Chain {
  /** Lets a second pass at this rate of arrivals and of work of each of so many servers; more than `most` in the system are lost. */
  second(o: { arrivals: number; service: number; servers: number; most?: number }): void
  /** Mean number in the system. */
  mean(): number
}

/** The exact transient of M/M/c(/K) by uniformisation (Jensen 1953), from an empty system. */
export function birthDeath(): Chain {
  let p = [1]
  const clean = (list: number[]): number[] => {
    let n = list.length
    while (n > 1 && (list[n - 1] ?? 0) < 1e-13) n -= 1
    return list.slice(0, n)
  }
  return {
    second({ arrivals, service, servers, most = Infinity }) {
      const all = arrivals + service * servers
      if (all <= 0) return
      const states = Math.min(most, p.length + Math.ceil(arrivals + 8 * Math.sqrt(arrivals) + 12)) + 1
      let now = Float64Array.from({ length: states }, (_, n) => p[n] ?? 0)
      let next = new Float64Array(states)
      const sum = new Float64Array(states)
      const steps = Math.ceil(all + 8 * Math.sqrt(all) + 12)
      let weight = -all
      for (let k = 0; k <= steps; k += 1) {
        const w = Math.exp(weight)
        for (let n = 0; n < states; n += 1) sum[n] = (sum[n] ?? 0) + w * (now[n] ?? 0)
        weight += Math.log(all / (k + 1))
        for (let n = 0; n < states; n += 1) {
          const leaves = Math.min(n, servers) * service
          const comes = n < states - 1 ? arrivals : 0
          const above = n + 1 < states ? (now[n + 1] ?? 0) * Math.min(n + 1, servers) * service : 0
          next[n] =
            ((now[n] ?? 0) * (all - leaves - comes) + (n > 0 ? (now[n - 1] ?? 0) * arrivals : 0) + above) /
            all
        }
        const old = now
        now = next
        next = old
      }
      p = clean(Array.from(sum))
    },
    mean: () => p.reduce((sum, share, n) => sum + n * share, 0),
  }
}

/** M/M/c/c+m at rest, state by state: share lost, mean number in the system, throughput by the work of one server. */
export function atRest(o: { servers: number; places: number; ratio: number }): {
  lost: number
  inside: number
  throughput: number
} {
  const weights = [0]
  for (let n = 1; n <= o.servers + o.places; n += 1)
    weights.push((weights[n - 1] ?? 0) + Math.log((o.servers * o.ratio) / Math.min(n, o.servers)))
  const top = Math.max(...weights)
  let all = 0
  let inside = 0
  for (const [n, weight] of weights.entries()) {
    all += Math.exp(weight - top)
    inside += n * Math.exp(weight - top)
  }
  const lost = Math.exp((weights.at(-1) ?? 0) - top) / all
  return { lost, inside: inside / all, throughput: o.servers * o.ratio * (1 - lost) }
}

/** M/M/c without a limit: mean number in the system, mean time and its distribution, both in service times. */
export function erlangC(
  servers: number,
  rho: number,
): { wait: number; inside: number; time: number; quantile(q: number): number } {
  let b = 1
  for (let k = 1; k <= servers; k += 1) b = (rho * servers * b) / (k + rho * servers * b)
  const wait = b / (1 - rho * (1 - b))
  const drain = servers * (1 - rho)
  const late = (t: number): number =>
    Math.abs(drain - 1) < 1e-9
      ? Math.exp(-t) * (1 + wait * t)
      : Math.exp(-t) + (wait * (Math.exp(-t) - Math.exp(-drain * t))) / (drain - 1)
  return {
    wait,
    inside: servers * rho + (wait * rho) / (1 - rho),
    time: 1 + wait / drain,
    quantile(q) {
      let low = 0
      let high = 1e6
      for (let n = 0; n < 100; n += 1) {
        const t = (low + high) / 2
        if (late(t) > 1 - q) low = t
        else high = t
      }
      return low
    },
  }
}
