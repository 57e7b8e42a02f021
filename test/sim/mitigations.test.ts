import { describe, expect, it } from 'vitest'
import { PLAYER_ROLES } from '../../shared/roles.ts'
import { exercise, LED, minutes, mitigate, seconds } from '../support/exercise.ts'

describe('a mitigation', () => {
  it('goes from proposal through approval and commitment to its effect', () => {
    const e = exercise('cold-cache', { settings: { ...LED, approval: 'gm' } })
      .started()
      .after(minutes(1))
    e.as('operations').does({
      type: 'mitigations.propose',
      mitigation: 'shed-at-edge',
      params: { amount: 0.4 },
      reason: '',
      cite: null,
    })
    const id = e.as('operations').has().mitigations?.canWithdraw[0] ?? ''
    e.as('operations').isRefused({ type: 'mitigations.commit', run: id }, 'already-done')
    e.as('commander').isRefused({ type: 'mitigations.approve', run: id }, 'not-yours')
    e.as('gm').does({ type: 'mitigations.approve', run: id, dc: 5, bonus: 1 })
    e.as('operations').does({ type: 'mitigations.commit', run: id }).after(seconds(60))
    expect(e.metric('edge.shed')).toBeCloseTo(0.4)
    e.as('operations').does({ type: 'mitigations.revert', run: id }).after(seconds(10))
    expect(e.metric('edge.shed')).toBe(0)
  })

  it('keeps the hands of whoever does it full', () => {
    const e = exercise('cold-cache').started().after(minutes(1))
    const propose = (mitigation: string) =>
      e.as('operations').does({ type: 'mitigations.propose', mitigation, params: {}, reason: '', cite: null })
    propose('shed-at-edge')
    propose('inspect-cache')
    const [first = '', second = ''] = e.as('operations').has().mitigations?.canCommit ?? []
    e.as('operations').does({ type: 'mitigations.commit', run: first })
    e.as('operations').isRefused({ type: 'mitigations.commit', run: second }, 'busy')
    e.after(minutes(1)).as('operations').does({ type: 'mitigations.commit', run: second })
  })

  it('cited from a step that does not link to it is refused', () => {
    const e = exercise('cold-cache').started()
    const book = e.as('operations').sees().playbooks?.books[0]
    const cite = { book: book?.id ?? '', step: book?.steps[0]?.id ?? '' }
    const propose = {
      type: 'mitigations.propose',
      mitigation: 'restart-cache',
      params: {},
      reason: '',
      cite,
    } as const
    e.as('operations').isRefused(propose, 'not-cited')
  })

  it('takes no value outside its range and no parameter it does not have', () => {
    const e = exercise('cold-cache').started()
    const propose = (params: Record<string, number>) =>
      ({ type: 'mitigations.propose', mitigation: 'shed-at-edge', params, reason: '', cite: null }) as const
    e.as('operations').isRefused(propose({ amount: 4 }), 'bad-parameter')
    e.as('operations').isRefused(propose({ amount: 0.5, force: 1 }), 'bad-parameter')
  })

  it('behind the screen shows its number to the game master alone', () => {
    const e = exercise('cold-cache', {
      settings: { lead: 'human', dice: 'screen', approval: 'none' },
    }).started()
    mitigate(e, 'inspect-cache')
    expect(e.as('gm').sees().mitigations?.runs[0]?.roll?.dice).toHaveLength(1)
    for (const role of PLAYER_ROLES) expect(e.as(role).sees().mitigations?.runs[0]?.roll).toBeNull()
    const said = JSON.stringify(e.as('operations').sees().timeline)
    expect(said).not.toMatch(/d20|rolls a \d/)
  })
})
