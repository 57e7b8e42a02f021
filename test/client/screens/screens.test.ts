import { describe, expect, test } from 'vitest'
import { budgetOf, impactOf } from '../../../client/panels/bar/impactOf.ts'
import { parseRoute } from '../../../client/router.tsx'
import { readCode, showCode } from '../../../client/screens/Join/joinCode.ts'
import { findScenarios } from '../../../client/screens/Library/findScenarios.ts'
import { readSeed } from '../../../client/screens/Library/readSeed.ts'
import { readiness } from '../../../client/screens/Lobby/readiness.ts'
import type { ScenarioCard } from '../../../shared/api.ts'
import type { Seat } from '../../../shared/contracts/seats.ts'
import { SeatId } from '../../../shared/ids.ts'

describe('an address', () => {
  test.each([
    ['/', { screen: 'home' }],
    ['/host', { screen: 'library', lead: 'human' }],
    ['/practise/abc', { screen: 'host', lead: 'automatic', scenario: 'abc' }],
    ['/join', { screen: 'join', code: null }],
    ['/join/abcd-2345', { screen: 'join', code: 'abcd-2345' }],
    ['/x/ex_aaaaaaaa/st_bbbbbbbb', { screen: 'exercise', exercise: 'ex_aaaaaaaa', seat: 'st_bbbbbbbb' }],
    ['/x/ex_aaaaaaaa', { screen: 'not-found' }],
    ['/x/../st_bbbbbbbb', { screen: 'not-found' }],
    ['/%E0%A4%A', { screen: 'not-found' }],
    ['/host/a/b', { screen: 'not-found' }],
  ])('%s leads to its screen', (path, route) => expect(parseRoute(path)).toEqual(route))
})

describe('a join code', () => {
  test.each([
    ['abcd2345', 'ABCD-2345'],
    [' ABCD - 2345 ', 'ABCD-2345'],
    ['abc', 'ABC'],
    ['ABCD-2345-and-more', 'ABCD-2345'],
  ])('typed as %j means %s', (typed, shown) => expect(showCode(typed)).toBe(shown))
  test('is sent without its hyphen', () => expect(readCode('abcd-2345')).toBe('ABCD2345'))
})

describe('a seed', () => {
  test.each([
    ['', undefined],
    ['42', 42],
    ['4294967295', 4_294_967_295],
    ['4294967296', 'wrong'],
    ['-1', 'wrong'],
    ['1.5', 'wrong'],
    ['x', 'wrong'],
  ])('%j reads %j', (typed, seed) => expect(readSeed(typed)).toBe(seed))
})

const card = (codename: string, level: number, topics: string[]): ScenarioCard => ({
  id: codename,
  codename,
  company: 'Harbour Books',
  summary: '',
  kind: 'incident',
  level,
  minutes: 40,
  seats: '3–6',
  topics,
  goals: [],
  components: 5,
  playbooks: [],
})

describe('looking for a scenario', () => {
  const cards = [card('red-lamp', 3, ['cache']), card('blue-door', 1, ['cache', 'database'])]
  const names = (query: string, levels: number[] = []) =>
    findScenarios(cards, { query, levels }).map((c) => c.codename)
  test('every word must occur, easiest first', () => {
    expect(names('cache')).toEqual(['blue-door', 'red-lamp'])
    expect(names('CACHE data')).toEqual(['blue-door'])
    expect(names('queue')).toEqual([])
  })
  test('levels narrow it, none means all', () => expect(names('', [3])).toEqual(['red-lamp']))
})

describe('before the briefing', () => {
  const leo: Seat = {
    id: SeatId.parse('st_bbbbbbbb'),
    name: 'Leo',
    roles: ['operations', 'commander'],
    heard: false,
  }
  const ada: Seat = {
    id: SeatId.parse('st_cccccccc'),
    name: 'Ada',
    roles: ['communications', 'scribe'],
    heard: true,
  }
  test('the game master is told which places are empty, who is away and who has not been heard', () => {
    expect(readiness([leo], [leo.id])).toEqual([
      'No one sits at: communications, scribe.',
      'Not yet confirmed that they hear everyone: Leo.',
    ])
    expect(readiness([{ ...leo, heard: true }, ada], [leo.id])).toEqual(['Away: Ada.'])
  })
  test('nothing is said when all is well', () => {
    expect(readiness([{ ...leo, heard: true }, ada], [leo.id, ada.id])).toEqual([])
  })
})

describe('the bar', () => {
  const slo = {
    id: 'a',
    title: 'A',
    objective: 0.99,
    sli: 1,
    burnRate: 0,
    budgetLeft: 0.8,
    badPerMinute: 0,
    impact: false,
  }
  test('says the impact of the objective hit worst', () => {
    expect(impactOf([slo, { ...slo, badPerMinute: 4200, impact: true }])).toEqual({
      level: 'bad',
      word: '4.2k bad req/min',
    })
  })
  test('does not call it good while requests fail beyond the objective, before it is called impact', () => {
    expect(impactOf([{ ...slo, sli: 0.6, badPerMinute: 49_700 }])).toEqual({
      level: 'warning',
      word: '49.7k bad req/min',
    })
  })
  test('says unknown when part of it cannot be seen, and never that all is well', () => {
    expect(impactOf([slo, { ...slo, impact: null, badPerMinute: null }]).level).toBe('unknown')
    expect(impactOf([{ ...slo, impact: null, badPerMinute: null }]).word).toBe('impact unknown')
  })
  test('shows the smallest budget left, unknown when none is known', () => {
    expect(budgetOf([slo, { ...slo, budgetLeft: 0.05 }])).toEqual({ left: 0.05, level: 'bad' })
    expect(budgetOf([{ ...slo, budgetLeft: null }]).left).toBeNull()
  })
})
