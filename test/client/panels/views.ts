import type { AlertView } from '../../../shared/contracts/alerts.ts'
import type { ViewOf } from '../../../shared/contracts/index.ts'
import type { MitigationInfo, RunView } from '../../../shared/contracts/mitigations.ts'
import { SeatId, simMs, wallMs } from '../../../shared/ids.ts'

/** Parts of views for tests, whole and plausible; a test says only what it is about. */
export const aSeat = { id: SeatId.parse('st_aaaaaaaa'), name: 'Mia' }
export const another = { id: SeatId.parse('st_bbbbbbbb'), name: 'Leo' }

export const anAlert = (some: Partial<AlertView> = {}): AlertView => ({
  id: 'alert-1',
  rule: 'slow',
  group: 'rule:slow',
  title: 'Checkout is slow',
  description: 'p95 above 1 s for two minutes',
  severity: 'page',
  state: 'firing',
  firedAt: simMs(60_000),
  resolvedAt: null,
  acknowledged: null,
  notifiedAt: simMs(60_000),
  notices: 1,
  inhibitedBy: null,
  silenced: null,
  flapping: false,
  playbook: null,
  component: null,
  ...some,
})

/** The part of the view with these alerts, each told by itself. */
export const theAlerts = (
  alerts: readonly AlertView[],
  some: Partial<ViewOf<'alerts'>> = {},
): ViewOf<'alerts'> => ({
  groupBy: 'none',
  reachable: true,
  alerts: [...alerts],
  groups: [],
  silences: [],
  ...some,
})

export const aLifecycle = (some: Partial<ViewOf<'lifecycle'>> = {}): ViewOf<'lifecycle'> => ({
  name: 'Thursday drill',
  codename: 'cold-harbour',
  company: 'Acme',
  summary: '',
  briefing: '',
  minutes: 40,
  level: 2,
  phase: 'running',
  speed: 1,
  settings: { lead: 'human', dice: 'open', approval: 'commander' },
  joinCode: 'ABCD',
  now: simMs(0),
  wall: wallMs(0),
  stopped: null,
  ...some,
})

const odds = { dc: 11, modifiers: [], advantage: 0, chance: 0.5 }

export const aMitigation = (some: Partial<MitigationInfo> = {}): MitigationInfo => ({
  id: 'shed-load',
  title: 'Shed load at the edge',
  description: 'Answers a share of browse traffic with a friendly page.',
  diagnostic: false,
  component: 'edge',
  params: [],
  durationMs: 60_000,
  roles: ['operations'],
  unavailable: null,
  steps: [],
  odds,
  oddsCited: { ...odds, chance: 0.9 },
  ...some,
})

export const aRun = (some: Partial<RunView> = {}): RunView => ({
  id: 'run-1',
  mitigation: 'shed-load',
  title: 'Shed load at the edge',
  params: {},
  by: aSeat.id,
  reason: '',
  cite: null,
  state: 'proposed',
  proposedAt: simMs(120_000),
  decided: null,
  odds,
  roll: null,
  startedAt: null,
  endsAt: null,
  endedAt: null,
  result: '',
  revertible: false,
  ...some,
})
