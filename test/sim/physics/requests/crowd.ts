import {
  compileSystem,
  createPhysics,
  type PhysicsEffect,
  takeSample,
  tick,
} from '../../../../server/sim/physics/index.ts'
import {
  readWalk,
  type SampledRequest,
  sampleRequests,
  type Span,
} from '../../../../server/sim/physics/requests/index.ts'
import type { Model } from '../../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../../server/sim/scenario/systemSchema.ts'

/** What many sampled requests say, beside what the metrics of the same time say. */
export interface Crowd {
  readonly model: Model
  readonly requests: readonly SampledRequest[]
  /** Mean of a metric over the samples watched. */
  metric(name: string): number
  /** Spans of a component, each with the weight of its request. */
  spans(component: string): { readonly span: Span; readonly weight: number; readonly of: SampledRequest }[]
  /** Weighted share of requests. */
  share(of: (r: SampledRequest) => boolean): number
  readonly seconds: number
}

/** Lets a system settle, then keeps its requests and samples for a while. `rounds` more draws of each second make the crowd larger. */
export function crowd(o: {
  system: unknown
  effects?: PhysicsEffect[]
  settle: number
  watch: number
  rounds?: number
  seed?: number
}): Crowd {
  const model = compileSystem(SystemSpec.parse(o.system))
  const state = createPhysics(model, o.seed ?? 7)
  const requests: SampledRequest[] = []
  const sums = model.metrics.map(() => 0)
  let samples = 0
  for (let second = 1; second <= o.settle + o.watch; second += 1) {
    const active = second > o.settle / 2 ? (o.effects ?? []) : []
    tick(model, state, { second, effects: active })
    if (second > o.settle) {
      const walk = readWalk(model, state)
      for (let round = 0; round < (o.rounds ?? 1); round += 1)
        requests.push(...sampleRequests(walk, { seed: state.seed + round * 7919, second }))
    }
    if (second % 5 !== 0) continue
    const values = takeSample(model, state)
    if (second <= o.settle) continue
    samples += 1
    values.forEach((v, i) => (sums[i] = (sums[i] ?? 0) + (v ?? 0)))
  }
  const total = requests.reduce((n, r) => n + r.weight, 0)
  return {
    model,
    requests,
    seconds: o.watch * (o.rounds ?? 1),
    metric(name) {
      const at = model.metrics.findIndex((m) => m.name === name)
      if (at < 0) throw new Error(`no metric ${name}`)
      return (sums[at] ?? 0) / samples
    },
    spans(component) {
      const at = model.components.findIndex((c) => c.id === component)
      return requests.flatMap((of) =>
        of.spans.filter((s) => s.component === at).map((span) => ({ span, weight: of.weight, of })),
      )
    },
    share: (of) => requests.reduce((n, r) => n + (of(r) ? r.weight : 0), 0) / total,
  }
}

/** The value below which the share `q` of the weight lies. */
export function weightedQuantile(list: readonly { value: number; weight: number }[], q: number): number {
  const sorted = list.toSorted((a, b) => a.value - b.value)
  const all = sorted.reduce((n, x) => n + x.weight, 0)
  let sum = 0
  for (const x of sorted) {
    sum += x.weight
    if (sum >= q * all) return x.value
  }
  return sorted.at(-1)?.value ?? 0
}
