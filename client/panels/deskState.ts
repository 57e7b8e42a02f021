import { createStore, useStore } from 'zustand'
import type { Cite } from '../../shared/contracts/mitigations.ts'
import { askTrace, closeTrace, type RequestRange } from '../store/requests.ts'

const MIDDLE_TABS = ['boards', 'map', 'logs', 'explore', 'changes', 'status'] as const
export type MiddleTab = (typeof MIDDLE_TABS)[number]
const RIGHT_TABS = ['playbook', 'actions', 'channel'] as const
export type RightTab = (typeof RIGHT_TABS)[number]
export const PHONE_TABS = ['now', 'boards', 'playbook', 'channel'] as const
export type PhoneTab = (typeof PHONE_TABS)[number]

/** The page of a playbook on the screen; a null step is the book's first page. */
export interface Reading {
  readonly book: string
  readonly step: string | null
}

/** An action somebody is about to propose, with what the playbook link filled in. */
export interface Proposal {
  readonly mitigation: string
  readonly params: Readonly<Record<string, string>>
  readonly cite: Cite | null
}

/** What this person looks at: the only thing panels share beside the views. Never sent to anybody. */
export interface DeskState {
  readonly middle: MiddleTab
  readonly right: RightTab
  readonly phone: PhoneTab
  readonly reading: Reading | null
  readonly proposal: Proposal | null
  readonly logComponent: string | null
  /** A change the person asked to see on the charts. */
  readonly markedChange: string | null
  /** The time whose requests are looked at. */
  readonly exploreRange: RequestRange
  /** What the game master is about to break: the path that its parameters begin with. */
  readonly faultTarget: string | null
  /** Counts how often somebody asked for the chaos panel from elsewhere: each time its column turns to it. */
  readonly chaosCalls: number
}

const KEPT = 'rfr.desk'
const opening: DeskState = {
  middle: 'boards',
  right: 'playbook',
  phone: 'now',
  reading: null,
  proposal: null,
  logComponent: null,
  markedChange: null,
  exploreRange: { kind: 'last', minutes: 15 },
  faultTarget: null,
  chaosCalls: 0,
}

const oneOf = <T extends string>(list: readonly T[], value: unknown, fallback: T): T =>
  list.find((item) => item === value) ?? fallback

function kept(): DeskState {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '{}')
    const read = (key: string): unknown =>
      typeof raw === 'object' && raw !== null && key in raw ? Reflect.get(raw, key) : undefined
    return {
      ...opening,
      middle: oneOf(MIDDLE_TABS, read('middle'), opening.middle),
      right: oneOf(RIGHT_TABS, read('right'), opening.right),
      phone: oneOf(PHONE_TABS, read('phone'), opening.phone),
    }
  } catch {
    // Storage may be forbidden or hold something else: the desk then opens as for the first time.
    return opening
  }
}

/** The store behind {@link useDesk}; tests read and set it directly. */
export const deskStore = createStore<DeskState>(kept)

deskStore.subscribe(({ middle, right, phone }) => {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ middle, right, phone }))
  } catch {
    // Private windows may refuse storage; the tabs are then forgotten on reload, which is all.
    return
  }
})

/** Reads one thing of what this person looks at. */
export const useDesk = <T>(select: (state: DeskState) => T): T => useStore(deskStore, select)

let seated: string | null = null
/** Another seat is another person: what was open and filtered for the last one is put away. */
export function sitDown(seat: string | null): void {
  if (seat === seated) return
  seated = seat
  deskStore.setState({
    reading: null,
    proposal: null,
    logComponent: null,
    markedChange: null,
    faultTarget: null,
  })
}

/** Turns to a tab of the middle column; on a phone those live under Boards. */
export const showMiddle = (middle: MiddleTab): void => deskStore.setState({ middle, phone: 'boards' })
/** Turns to a tab of the right column; on a phone actions live under Now. */
export const showRight = (right: RightTab): void =>
  deskStore.setState({ right, phone: right === 'actions' ? 'now' : right })
export const showPhone = (phone: PhoneTab): void =>
  deskStore.setState({
    phone,
    ...(phone === 'playbook' && { right: 'playbook' }),
    ...(phone === 'channel' && { right: 'channel' }),
  })
/** Opens a playbook at a step and turns to it. */
export function openPlaybook(reading: Reading): void {
  deskStore.setState({ reading })
  showRight('playbook')
}
/** Opens the dialog to propose an action. */
export const startProposal = (proposal: Proposal): void => deskStore.setState({ proposal })
export const endProposal = (): void => deskStore.setState({ proposal: null })
/** Shows the logs of one component. */
export function showLogsOf(component: string | null): void {
  deskStore.setState({ logComponent: component })
  showMiddle('logs')
}
/** Shows a change as a line on every chart. */
export function showChangeOnCharts(change: string): void {
  deskStore.setState({ markedChange: change })
  showMiddle('boards')
}
/** Chooses the time whose requests are looked at. */
export const exploreTime = (exploreRange: RequestRange): void => deskStore.setState({ exploreRange })
/** Shows the requests of a stretch of time that was chosen elsewhere. */
export function exploreBetween(from: number, to: number): void {
  exploreTime({ kind: 'between', from, to })
  closeTrace()
  showMiddle('explore')
}
/** Shows one sampled request with all its parts. */
export function openTrace(id: string): void {
  askTrace(id)
  showMiddle('explore')
}
/** Chooses what the next fault is for. */
export const breakSomething = (faultTarget: string): void => deskStore.setState({ faultTarget })
/** Chooses a component for the next fault, from elsewhere, and turns to the panel that starts it. */
export const openChaos = (faultTarget: string): void =>
  deskStore.setState(({ chaosCalls }) => ({ faultTarget, chaosCalls: chaosCalls + 1 }))
