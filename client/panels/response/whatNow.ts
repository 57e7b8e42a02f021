import type { RoleView, SeatView } from '../../../shared/contracts/index.ts'

/** Where the one suggested next act lives; the desk turns it into a button. */
export type NextAct =
  | { readonly kind: 'none' }
  | { readonly kind: 'boards' }
  | { readonly kind: 'alert'; readonly alert: string }
  | { readonly kind: 'playbook'; readonly book: string; readonly step: string | null }
  | { readonly kind: 'declare' }
  | { readonly kind: 'commit'; readonly run: string }
  | { readonly kind: 'approve'; readonly run: string }
  | { readonly kind: 'status' }
  | { readonly kind: 'actions' }

export interface WhatNow {
  readonly text: string
  readonly act: NextAct
}

const RANK = { page: 0, ticket: 1, info: 2 } as const

/**
 * One line for somebody new to this: the next thing a responder would do, from what the views show and nothing else.
 * The order is the order of urgency; the first that fits is said.
 */
export function whatNow(role: RoleView, mine: SeatView): WhatNow {
  const phase = role.lifecycle?.phase
  if (phase === 'paused')
    return { text: 'The exercise is paused. Talk it over; the clock stands still.', act: { kind: 'none' } }
  if (phase !== 'running')
    return { text: 'Learn what normal looks like: open the boards and the map.', act: { kind: 'boards' } }

  const firing = (role.alerts?.alerts ?? [])
    .filter((a) => a.state === 'firing')
    .toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || a.firedAt - b.firedAt)
  // Only what reached on-call and is not kept quiet waits for anybody.
  const waiting = firing.find(
    (a) =>
      a.severity === 'page' &&
      a.acknowledged === null &&
      a.notifiedAt !== null &&
      a.silenced === null &&
      a.inhibitedBy === null,
  )
  if (waiting) {
    return {
      text: 'A page is waiting: acknowledge it and open its playbook.',
      act: { kind: 'alert', alert: waiting.id },
    }
  }
  const toCommit = mine.mitigations?.canCommit[0]
  if (toCommit !== undefined) {
    return {
      text: 'Your request is approved: look at the odds and commit.',
      act: { kind: 'commit', run: toCommit },
    }
  }
  const toApprove = mine.mitigations?.canApprove[0]
  if (toApprove !== undefined) {
    return {
      text: 'Somebody asks for a decision: approve or decline.',
      act: { kind: 'approve', run: toApprove },
    }
  }
  const declared = role.response?.declared ?? null
  const over = (role.response?.stoodDownAt ?? null) !== null
  const page = firing.find((a) => a.severity === 'page')
  if (page && !declared) {
    return { text: 'Commander: declare the incident and name its severity.', act: { kind: 'declare' } }
  }
  const told = (role.comms?.channel ?? []).some((m) => m.kind === 'status')
  const running = (role.mitigations?.runs ?? []).some((r) => r.state === 'in-progress')
  const impact = (role.objectives?.slos ?? []).some((s) => s.impact === true)
  if (declared && !over && !told) {
    return {
      text: impact
        ? 'Users can feel it and nobody told them yet: post a first update.'
        : 'Nobody told the users yet what they may have felt: post an update.',
      act: { kind: 'status' },
    }
  }
  if (running) {
    return { text: 'Work is in progress: watch the boards for what it changes.', act: { kind: 'boards' } }
  }
  const guided = firing.find((a) => a.playbook !== null)
  if (guided?.playbook) {
    return {
      text: 'Follow the playbook: find the step whose check applies now.',
      act: { kind: 'playbook', ...guided.playbook },
    }
  }
  if (firing.length > 0 || impact) {
    return {
      text: 'Something is off and no playbook is linked: compare boards, changes and logs.',
      act: { kind: 'boards' },
    }
  }
  if (declared && !over) {
    return {
      text: 'Nothing is firing. If users are well and it holds, the commander stands down.',
      act: { kind: 'declare' },
    }
  }
  if (over) {
    return {
      text: 'The incident is stood down. Watch that it holds; the hot wash comes next.',
      act: { kind: 'boards' },
    }
  }
  return {
    text: 'Nothing is firing. Learn what normal looks like, and keep an eye on the boards.',
    act: { kind: 'boards' },
  }
}
