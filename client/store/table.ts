import { createContext, createElement, useCallback, useContext, useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { MechanicName, MineOf, SeatView, ViewOf } from '../../shared/contracts/index.ts'
import type { Seat } from '../../shared/contracts/seats.ts'
import type { Views } from '../../shared/frames.ts'
import type { SeatId } from '../../shared/ids.ts'

export interface Table {
  /** `refused`: the server will not let this browser sit here; `removed`: the game master freed the seat. */
  readonly status: 'idle' | 'connecting' | 'live' | 'reconnecting' | 'refused' | 'removed'
  readonly seat: SeatId | null
  readonly views: Views | null
  /** Seats with a live connection. */
  readonly presence: readonly SeatId[]
  /** One sentence, when refused. */
  readonly why: string | null
}

export const atNoTable: Table = { status: 'idle', seat: null, views: null, presence: [], why: null }

/** What this seat knows of its exercise. Written by `net/` alone. */
export const tableStore = createStore<Table>(() => atNoTable)

export const useTable = <T>(select: (table: Table) => T): T => useStore(tableStore, select)

interface Eyes {
  readonly views: Views
  readonly seat: SeatId
  readonly readOnly: boolean
}
const EyesContext = createContext<Eyes | null>(null)

/** Lets everything below look through another seat's eyes: the game master's view over a player's shoulder. */
export function ViewsProvider({ views, seat, readOnly, children }: Eyes & { readonly children?: ReactNode }) {
  const eyes = useMemo(() => ({ views, seat, readOnly }), [views, seat, readOnly])
  return createElement(EyesContext.Provider, { value: eyes }, children)
}

/** This role's part of one mechanic; undefined where it sees nothing of it. Re-renders only when that part changed. */
export function useView<M extends MechanicName>(mechanic: M): ViewOf<M> | undefined {
  const eyes = useContext(EyesContext)
  const own = useTable((t) => t.views?.role[mechanic])
  // Indexing a mapped type by a generic key widens it to the union; the key decides which member it is.
  return eyes ? eyes.views.role[mechanic] : own
}

/** This seat's private part of one mechanic. */
export function useMine<M extends keyof SeatView>(mechanic: M): MineOf<M> | undefined {
  const eyes = useContext(EyesContext)
  const own = useTable((t) => t.views?.mine[mechanic])
  // As above.
  return eyes ? eyes.views.mine[mechanic] : own
}

/** Whether what is below is only looked at. */
export const useReadOnly = (): boolean => useContext(EyesContext)?.readOnly ?? false

/** The id of the seat one looks from. */
export function useSeatId(): SeatId | null {
  const eyes = useContext(EyesContext)
  const own = useTable((t) => t.seat)
  return eyes ? eyes.seat : own
}

export function useMySeat(): Seat | undefined {
  const id = useSeatId()
  return useView('seats')?.seats.find((s) => s.id === id)
}

/** The name on a seat; somebody who left is named so, and nobody is the automatic game master. */
export function useSeatName(): (id: SeatId | null) => string {
  const seats = useView('seats')?.seats
  return useCallback(
    (id) => (id === null ? 'Game master' : (seats?.find((s) => s.id === id)?.name ?? 'Someone who left')),
    [seats],
  )
}

/** Whether this seat is given the controls of the exercise: a game master's, or everybody's who plays without one. */
export function useLeads(): boolean {
  const lifecycle = useView('lifecycle')
  const readOnly = useReadOnly()
  return (
    !readOnly &&
    lifecycle !== undefined &&
    (lifecycle.scenario !== undefined || lifecycle.settings.lead === 'automatic')
  )
}
