import { describe, expect, it } from 'vitest'
import { checkSystem } from '../../../server/sim/physics/index.ts'
import { SystemSpec } from '../../../server/sim/scenario/systemSchema.ts'
import { shop, users } from './customers.ts'

const findings = (system: object) =>
  checkSystem(SystemSpec.parse(system)).map((f) => `${f.path.join('.')}: ${f.message} ${f.wayOut}`)

describe('attributes and slices', () => {
  it.each([
    [
      'shares that do not sum to 1',
      shop({}, { users: users({ attributes: { tenant: { a: 0.5 } } }) }),
      'sum to 0.5',
    ],
    ['sources that do not exist', shop({ slices: { a: { from: ['usres'] } } }), 'Did you mean `users`?'],
    [
      'attributes nobody has',
      shop({ slices: { a: { where: { tenat: 'acme' } } } }),
      'Did you mean `tenant`?',
    ],
    ['values nobody has', shop({ slices: { a: { where: { tenant: 'acmee' } } } }), 'Did you mean `acme`?'],
    ['places that do not exist', shop({ slices: { a: { where: { version: 'v2' } } } }), 'has no version v2'],
    ['breakdowns by nothing', shop({}, { users: users({ metrics: ['tenants'] }) }), 'Did you mean `tenant`?'],
    [
      'attributes named like places',
      shop({}, { users: users({ attributes: { zone: { a: 1 } } }) }),
      'Call the attribute something else',
    ],
    [
      'more kinds than can be told apart',
      shop(
        { slices: Object.fromEntries('abcdefg'.split('').map((x) => [x, { where: { [x]: 'yes' } }])) },
        {
          users: users({
            attributes: Object.fromEntries('abcdefg'.split('').map((x) => [x, { yes: 0.5, no: 0.5 }])),
          }),
        },
      ),
      'into 128 kinds',
    ],
  ])('are checked for %s', (_, system, text) => {
    expect(findings(system).join('\n')).toContain(text)
  })
  it('without faults have no findings', () => {
    expect(
      findings(shop({ slices: { a: { where: { tenant: ['acme', 'others'], endpoint: 'browse' } } } })),
    ).toEqual([])
  })
})
