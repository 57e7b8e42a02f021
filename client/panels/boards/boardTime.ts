import { createStore, useStore } from 'zustand'
import type { Range, TimeWindow } from './boardData.ts'

/** Which stretch of time all charts show together, and what is drawn beside the series. */
export interface BoardTime {
  readonly range: Range
  /** Null follows the clock. */
  readonly zoom: TimeWindow | null
  readonly compare: boolean
  readonly marks: boolean
}

/** Shared by all charts of a page; charts read it outside React when they draw. */
export const boardTime = createStore<BoardTime>(() => ({
  range: 15,
  zoom: null,
  compare: false,
  marks: true,
}))

export const useBoardTime = <T>(select: (state: BoardTime) => T): T => useStore(boardTime, select)
