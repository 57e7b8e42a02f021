import { createStore, useStore } from 'zustand'
import type { Message } from '../../shared/contracts/comms.ts'

const THREADS = ['channel', 'inbox', 'line'] as const
export type ThreadName = (typeof THREADS)[number]

type Seen = Readonly<Record<string, number>>
const KEY = 'rfr.read'

function load(): Seen {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof raw !== 'object' || raw === null) return {}
    return Object.fromEntries(
      Object.entries(raw).filter((e): e is [string, number] => typeof e[1] === 'number'),
    )
  } catch {
    // No storage: everything is unread after a reload, which errs on the safe side.
    return {}
  }
}

/** How many messages of each thread this person has had on the screen, by seat and thread. */
const readStore = createStore<Seen>(load)

readStore.subscribe((seen) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(seen))
  } catch {
    return
  }
})

const place = (seat: string, thread: ThreadName) => `${seat}/${thread}`

/** Marks a thread as read to its end. */
export function markRead({ seat, thread, count }: { seat: string; thread: ThreadName; count: number }): void {
  const key = place(seat, thread)
  if (readStore.getState()[key] !== count) readStore.setState({ [key]: count })
}

/** Messages by others that came after the last one seen. */
export function unreadIn({
  messages,
  seen,
  seat,
}: {
  messages: readonly Message[]
  seen: number
  seat: string
}): number {
  return messages.slice(seen).filter((m) => m.seat !== seat).length
}

/** How many messages of a thread are unread for this seat. */
export function useUnread(seat: string, thread: ThreadName, messages: readonly Message[]): number {
  const seen = useStore(readStore, (s) => s[place(seat, thread)] ?? 0)
  return unreadIn({ messages, seen, seat })
}
