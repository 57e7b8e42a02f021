import { describe, expect, it } from 'vitest'
import { whatNow } from '../../../client/panels/response/whatNow.ts'
import type { RoleView, SeatView } from '../../../shared/contracts/index.ts'
import type { AlertView } from '../../../shared/contracts/alerts.ts'
import { aSeat, anAlert, aLifecycle, theAlerts } from './views.ts'

const running = (view: RoleView = {}): RoleView => ({ lifecycle: aLifecycle({ phase: 'running' }), ...view })
const alerts = (...list: AlertView[]): RoleView => ({ alerts: theAlerts(list) })
const nothing: SeatView = {}
const declared = {
  response: {
    declared: { severity: 'SEV-2' as const, title: 'Checkout slow', by: aSeat.id, at: anAlert().firedAt },
    stoodDownAt: null,
  },
}
const taken = { by: aSeat.id, at: anAlert().firedAt }

describe('what now', () => {
  it('asks to learn what normal looks like before anything fires', () => {
    expect(whatNow({ lifecycle: aLifecycle({ phase: 'briefing' }) }, nothing).text).toMatch(/normal/)
    expect(whatNow(running(), nothing).text).toMatch(/Nothing is firing/)
  })
  it('points at a page that nobody acknowledged before anything else', () => {
    const next = whatNow(running({ ...alerts(anAlert({ id: 'alert-7' })), ...declared }), {
      mitigations: {
        busyUntil: null,
        canPropose: [],
        canApprove: [],
        canCommit: ['run-1'],
        canWithdraw: [],
        canRevert: [],
      },
    })
    expect(next.act).toEqual({ kind: 'alert', alert: 'alert-7' })
  })
  it('offers the commit of an approved request once the page is taken', () => {
    const next = whatNow(running(alerts(anAlert({ acknowledged: taken }))), {
      mitigations: {
        busyUntil: null,
        canPropose: [],
        canApprove: [],
        canCommit: ['run-1'],
        canWithdraw: [],
        canRevert: [],
      },
    })
    expect(next.act).toEqual({ kind: 'commit', run: 'run-1' })
  })
  it('asks the commander to declare while a page fires', () => {
    expect(whatNow(running(alerts(anAlert({ acknowledged: taken }))), nothing).act).toEqual({
      kind: 'declare',
    })
  })
  it('asks for a first update after the declaration', () => {
    expect(
      whatNow(running({ ...alerts(anAlert({ acknowledged: taken })), ...declared }), nothing).act,
    ).toEqual({ kind: 'status' })
  })
  it('does not ask to declare for a ticket', () => {
    const next = whatNow(
      running(alerts(anAlert({ severity: 'ticket', playbook: { book: 'cache', step: null } }))),
      nothing,
    )
    expect(next.act).toEqual({ kind: 'playbook', book: 'cache', step: null })
  })
})
