import { attemptsOf } from '../traffic/sources.ts'
import type { CellModel, Model, SourceModel } from '../model/model.ts'
import { T } from '../model/slots.ts'
import { type PhysicsState, sumOf } from '../state.ts'
import { workspaceOf } from '../workspace.ts'
import { drawAttributes } from './drawAttributes.ts'
import { ALL, armsOf, type Reading } from './readArms.ts'
import { stationOf } from './readStation.ts'
import type { Walk, WalkPull, WalkSource, WalkStation } from './walk.ts'

/**
 * The second that `tick` has just moved the system through, as single requests meet it. Valid right after that tick: it reads the tick's
 * own scratch numbers. Cells as one class of requests finds them are read when somebody asks.
 */
export function readWalk(model: Model, state: PhysicsState): Walk {
  const ctx: Reading = { model, state, w: workspaceOf(model) }
  const read = new Map<number, readonly WalkStation[]>()
  const stations: Stations = (kind) => {
    const known = read.get(kind)
    if (known) return known
    const made = model.cells.map((c) => stationOf(ctx, c, kind))
    read.set(kind, made)
    return made
  }
  return {
    stations: stations(ALL),
    sources: model.sources.flatMap((source) =>
      kindsOf(ctx, source).map((kind) => sourceOf(ctx, source, { ...kind, stations })),
    ),
    pulls: model.cells.flatMap((c) => pullsOf(ctx, c, stations)),
  }
}

type Stations = (kind: number) => readonly WalkStation[]

/** What a worker or a job takes up in this second, class by class where they differ there. */
function pullsOf(ctx: Reading, c: CellModel, stations: Stations): WalkPull[] {
  const { model, w } = ctx
  const rate = w.arrivals[c.index] ?? 0
  if ((c.consumes < 0 && c.kind !== 'job') || rate <= 0) return []
  const name = model.cells[c.consumes]?.id ?? c.id
  const space = w.classes?.model.carries[c.index] === true ? w.classes : null
  if (!space) return [{ name, cell: c.index, rate, attributes: () => ({}), stations: () => stations(ALL) }]
  return model.classes.classes.flatMap((kind, k): WalkPull[] => {
    const share = space.arriving[c.index * space.many + k] ?? 0
    const divided = model.classes.sources[kind.source]
    if (share <= 0) return []
    return [
      {
        name,
        cell: c.index,
        rate: rate * share,
        attributes: (draw) => (divided ? drawAttributes(divided, { kind, p: w.p, draw }) : {}),
        stations: () => stations(k),
      },
    ]
  })
}

interface Kind {
  /** A class of the model's, or {@link ALL}. */
  readonly kind: number
  /** Where its attempts are counted. */
  readonly sent: number
}

/** The classes a source's requests are divided into: one where they are all alike. */
function kindsOf({ model, w }: Reading, source: SourceModel): Kind[] {
  const classes = w.classes ? (model.classes.sources[source.index]?.classes ?? []) : []
  if (classes.length === 0) return [{ kind: ALL, sent: source.index }]
  return classes.map((kind, n) => ({ kind, sent: attemptsOf(model, source.index, n) }))
}

function sourceOf(ctx: Reading, source: SourceModel, o: Kind & { readonly stations: Stations }): WalkSource {
  const { model, w } = ctx
  const { p } = w
  const timeout = p[source.slot + T.timeout] ?? 10
  const attempts = [...(w.sent[o.sent] ?? [])]
  const divided = model.classes.sources[source.index]
  return {
    name: source.id,
    attributes: (draw) =>
      divided ? drawAttributes(divided, { kind: model.classes.classes[o.kind], p, draw }) : {},
    to: source.to,
    stations: () => o.stations(o.kind),
    rate: sumOf(attempts),
    attempts,
    timeout,
    arms: armsOf(ctx, source.arms, { timeout, kind: o.kind }),
  }
}
