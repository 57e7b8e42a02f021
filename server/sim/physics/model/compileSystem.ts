import { type CallSpec, type SystemSpec, written } from '../../scenario/systemSchema.ts'
import { layClasses } from './compileClasses.ts'
import { keyClasses } from './keyClasses.ts'
import { type Draft, orderedCalls, orderOf, partsOf, prefixOf } from './drafts.ts'
import { lay, layCells, layout } from './layout.ts'
import { metricsOf } from '../metrics.ts'
import type {
  ArmModel,
  CallModel,
  CellModel,
  ComponentModel,
  DividedModel,
  LookupModel,
  Model,
  SourceModel,
  VersionModel,
  ZoneModel,
} from './model.ts'
import {
  CALL_PARAMETERS,
  CLUSTER_PARAMETERS,
  NETWORK_PARAMETERS,
  type Parameters,
  TRAFFIC_PARAMETERS,
  VERSION_PARAMETERS,
  ZONE_PARAMETERS,
} from '../parameters.ts'
import { databasesOf, laidOut, partsOfCall, placeOf } from './databaseModel.ts'
import { scaledModels } from './scaledModels.ts'
import { C, S, T, Z } from './slots.ts'

/**
 * Lays a system out for the engine. The spec must have passed `checkSystem`; a call to nowhere is a programmer's error and throws.
 */
export function compileSystem(spec: SystemSpec): Model {
  const at = layout()
  const all = (owner: string, parameters: Parameters, from: object): number =>
    lay(at, { owner, parameters, names: Object.keys(parameters), from })
  const ids = Object.keys(spec.components)
  const indexOf = (id: string): number => {
    const found = ids.indexOf(id)
    if (found < 0) throw new Error(`no component ${id}`)
    return found
  }
  const network = all('network', NETWORK_PARAMETERS, spec.network)
  const cluster = all('cluster', CLUSTER_PARAMETERS, spec.cluster)
  const zones = Object.entries(spec.zones).map(([id, z], index): ZoneModel => ({
    index,
    id,
    region: z.region,
    slot: all(`zones.${id}`, ZONE_PARAMETERS, {}),
  }))
  const versions: VersionModel[] = []
  const divided: DividedModel[] = []
  let count = 0
  const drafts = ids.map((id, index): Draft => {
    const c = spec.components[id]
    if (!c) throw new Error(`no component ${id}`)
    const laid = layCells(at, { id, index, spec: laidOut(spec, id, c) })
    if (laid.divided) divided.push(laid.divided)
    const own = Object.entries(c.versions ?? {}).map(([name, v]) => {
      const slot = all(`${id}.versions.${name}`, VERSION_PARAMETERS, v)
      versions.push({ name, slot, index: versions.length })
      return { name, slot, index: versions.length - 1 }
    })
    const calls = orderedCalls(c).map(([to, x]) => ({
      to,
      spec: x,
      slot: all(`${id}.calls.${to}`, CALL_PARAMETERS, x),
    }))
    const cells = laid.cells.map((cell) => ({ ...cell, index: count++ }))
    return { id, index, spec: laidOut(spec, id, c), cells, versions: own, calls }
  })
  const cellDrafts = drafts.flatMap((d) => d.cells)
  const arms: ArmModel[] = []
  const zoneOf = (cell: number): ZoneModel | undefined =>
    zones.find((z) => z.id === (cellDrafts[cell]?.zone ?? ''))
  const armsTo = (
    to: number,
    o: Pick<ArmModel, 'call' | 'source' | 'from' | 'slot' | 'timeout' | 'delay' | 'loss' | 'verify'>,
  ): ArmModel[] =>
    (drafts[to]?.cells ?? []).map((cell) => {
      const [here, there] = [zoneOf(o.from), zoneOf(cell.index)]
      const apart = here && there && here !== there
      const arm: ArmModel = {
        ...o,
        index: arms.length,
        to: cell.index,
        partition: cell.slot + S.partition,
        certificate: cell.slot + S['certificate.expires'],
        network: apart ? network + (here.region === there.region ? 0 : 1) : -1,
        // What is nowhere in particular is outside every zone.
        zoneLosses: here === there ? [] : [here, there].flatMap((z) => (z ? [z.slot + Z.loss] : [])),
        local: here !== undefined && here === there,
      }
      arms.push(arm)
      return arm
    })
  const calls: CallModel[] = []
  const lookups: LookupModel[] = []
  const look = (via: string | undefined, o: Omit<LookupModel, 'index' | 'via'>) => {
    if (via !== undefined) lookups.push({ ...o, index: lookups.length, via: indexOf(via) })
  }
  for (const draft of drafts) {
    const c = draft.spec
    const caches = draft.calls.filter(
      (x) => x.spec.on === 'always' && spec.components[x.to]?.kind === 'cache',
    )
    const coverOf = (x: CallSpec) => (c.kind === 'cache' ? undefined : (x.of ?? caches[0]?.to))
    const covered = new Set(draft.calls.filter((x) => x.spec.on === 'miss').map((x) => coverOf(x.spec)))
    const parted = draft.calls.flatMap((x) => partsOfCall(spec, x.to, x.spec).map((part) => ({ ...x, part })))
    for (const cell of draft.cells) {
      const first = calls.length
      for (const { to, spec: x, slot, part } of parted) {
        const cover = x.on === 'miss' ? coverOf(x) : undefined
        const index = calls.length
        const own = armsTo(indexOf(to), {
          call: index,
          source: -1,
          from: cell.index,
          slot,
          timeout: slot + C.timeout,
          delay: slot + C.delay,
          loss: slot + C.loss,
          verify: slot + C.verify,
        })
        look(x.via, { from: cell.index, call: index, source: -1, arms: own })
        calls.push({
          index,
          from: cell.index,
          to: indexOf(to),
          slot,
          part,
          title: x.title ?? '',
          onMiss: x.on === 'miss',
          missesOf: cover === undefined ? -1 : first + parted.findIndex((other) => other.to === cover),
          covered: x.on === 'always' && covered.has(to),
          arms: own,
        })
      }
    }
  }
  const sources = Object.entries(spec.traffic).map(([id, t], index): SourceModel => {
    const slot = all(`traffic.${id}`, TRAFFIC_PARAMETERS, t)
    const places = {
      slot,
      timeout: slot + T.timeout,
      delay: slot + T.delay,
      loss: slot + T.loss,
      verify: slot + T.verify,
    }
    const arms = armsTo(indexOf(t.to), { call: -1, source: index, from: -1, ...places })
    look(t.via, { from: -1, call: -1, source: index, arms })
    return {
      index,
      id,
      title: t.title,
      to: indexOf(t.to),
      slot,
      arms,
      shape: (t.shape ?? [])
        .map((s) => ({ at: s.at / 1000, scale: s.scale }))
        .toSorted((a, b) => a.at - b.at),
    }
  })
  const laid = drafts.flatMap((draft) => {
    const c = draft.spec
    const keys =
      c.kind === 'cache' ? keyClasses(written(c, 'keys') ?? 100_000, written(c, 'zipf') ?? 1) : null
    return draft.cells.map((cell): CellModel => {
      const zone = zoneOf(cell.index)
      return {
        index: cell.index,
        component: draft.index,
        id: draft.id,
        kind: c.kind,
        zone: zone?.index ?? -1,
        zoneUp: zone ? zone.slot + Z.up : -1,
        group: cell.group,
        slot: cell.slot,
        versions: draft.versions,
        calls: calls.filter((x) => x.from === cell.index),
        calledBy: arms.filter((arm) => arm.to === cell.index && arm.call >= 0),
        reachedOver: arms
          .filter((arm) => arm.to === cell.index)
          .toSorted((a, b) => (a.call < 0 ? 1 : 0) - (b.call < 0 ? 1 : 0)),
        reachedBy: arms.filter((arm) => arm.to === cell.index && arm.source >= 0),
        consumes: c.kind === 'worker' ? (drafts[indexOf(c.consumes)]?.cells[0]?.index ?? -1) : -1,
        supply: c.kind === 'worker' ? 'queue' : c.kind === 'job' ? 'run' : null,
        first: draft.cells[0]?.index ?? cell.index,
        alone: draft.cells.length === 1,
        keys,
        objectSize: c.kind === 'object-store' ? (c.object?.size ?? 0) : 0,
        database: -1,
        member: -1,
      }
    })
  })
  const databases = databasesOf(spec, { cells: laid, calls, sources })
  const cells = laid.map((cell): CellModel => ({ ...cell, ...placeOf(databases, cell.index) }))
  const checks = ['health_check.interval', 'ejection.consecutive']
  const callsAt = (own: readonly number[], slot: number) =>
    calls.filter((call) => own.includes(call.from) && call.slot === slot).map((call) => call.index)
  const components = drafts.map((draft): ComponentModel => {
    const own = draft.cells.map((cell) => cell.index)
    return {
      index: draft.index,
      id: draft.id,
      metrics: prefixOf(draft.id),
      kind: draft.spec.kind,
      title: draft.spec.title,
      description: draft.spec.description,
      versions: draft.versions,
      cells: own,
      parts: partsOf(draft),
      sheds:
        draft.spec.kind === 'load-balancer' ||
        [draft.spec, ...Object.values(draft.spec.slices)].some(
          (x) => written(x, 'shed') !== undefined || written(x, 'rate_limit') !== undefined,
        ),
      pooled: draft.calls
        .filter((x) => written(x.spec, 'pool') !== undefined)
        .map((x) => ({ to: x.to, calls: callsAt(own, x.slot) })),
      checked: draft.calls
        .filter((x) => checks.some((name) => (written(x.spec, name) ?? 0) > 0))
        .map((x) => ({ to: x.to, calls: callsAt(own, x.slot) })),
      keys: cells[own[0] ?? -1]?.keys ?? null,
      disk: (written(draft.spec, 'disk.size') ?? 0) > 0,
      database: databases.find((d) => d.component === draft.index) ?? null,
      certified: written(draft.spec, 'certificate.expires') !== undefined,
      limited: written(draft.spec, 'quota.limit') !== undefined,
    }
  })
  const edges = [
    ...sources.map((s) => ({ from: `traffic.${s.id}`, to: ids[s.to] ?? '', label: '' })),
    ...drafts.flatMap((d) => d.calls.map((x) => ({ from: d.id, to: x.to, label: x.spec.title ?? '' }))),
    ...drafts.flatMap((d) =>
      d.spec.kind === 'worker' ? [{ from: d.spec.consumes, to: d.id, label: 'messages' }] : [],
    ),
  ]
  const classes = layClasses(at, { spec, components, cells, zones })
  const order = orderOf(ids, spec.components).flatMap((i) => components[i]?.cells ?? [])
  const { slots, base, paths } = at
  return {
    components,
    cells,
    calls,
    arms,
    lookups,
    sources,
    databases,
    versions,
    zones,
    order,
    scheduled: cells.filter((c) => c.kind === 'job' && c.first === c.index).map((c) => c.index),
    slots,
    base,
    divided,
    classes,
    scaled: scaledModels(spec, { components, cells, divided }),
    cluster,
    paths,
    edges,
    metrics: metricsOf(components, sources, classes),
  }
}
