import { createStore } from 'zustand/vanilla'

export interface Toast {
  readonly id: number
  readonly level: 'good' | 'warning' | 'bad'
  readonly text: string
}

const SHOWN_MS = 7000
const MOST = 4
let last = 0

/** What is on the screen at the moment, oldest first. */
export const toastStore = createStore<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((t) => t.id !== id) }))
}

/** Tells the person something for seven seconds. The same words twice are shown once. */
export function toast(text: string, level: Toast['level'] = 'bad'): void {
  last += 1
  const id = last
  toastStore.setState(({ toasts }) => ({
    toasts: [...toasts.filter((t) => t.text !== text), { id, level, text }].slice(-MOST),
  }))
  setTimeout(() => dismissToast(id), SHOWN_MS)
}
