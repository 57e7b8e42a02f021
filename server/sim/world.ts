import type { MechanicName } from '../../shared/contracts/index.ts'
import type { SimMs, WallMs } from '../../shared/ids.ts'

/** Something that will happen at a time, as data: who it belongs to, what it is called, what it carries. */
export interface AgendaItem {
  readonly at: SimMs
  /** Breaks ties: earlier scheduled, earlier due. */
  readonly order: number
  readonly mechanic: MechanicName
  /** Unique within its mechanic: scheduling again under one key replaces. */
  readonly key: string
  readonly data: unknown
}

/** The whole state of an exercise as plain JSON. Only `step` makes a new one; nobody else writes into it. */
export interface World {
  readonly now: SimMs
  readonly wall: WallMs
  readonly seed: number
  /** How many local ids, agenda items, samples and log lines there have been. */
  readonly counts: { ids: number; order: number; samples: number; logs: number }
  readonly agenda: readonly AgendaItem[]
  /** The newest samples, oldest first, as far back as any expression of the scenario looks. */
  readonly recent: readonly { readonly at: SimMs; readonly values: readonly (number | null)[] }[]
  /** Each mechanic's own state; its shape is that mechanic's business. */
  readonly parts: Readonly<Record<MechanicName, unknown>>
}
