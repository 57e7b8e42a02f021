import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSecrets, hashSecret, normaliseCode } from '../../../server/session/secrets.ts'

const secrets = createSecrets(randomBytes)

test('a join code is eight symbols nobody confuses, shown four by four', () => {
  for (let i = 0; i < 200; i++) expect(secrets.joinCode()).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
})

test('a join code is understood however it is typed', () => {
  expect(normaliseCode(' abcd efgh ')).toBe('ABCDEFGH')
  expect(normaliseCode('ABCD-EFGH')).toBe('ABCDEFGH')
})

test('every symbol of a join code is about equally likely', () => {
  const seen = new Map<string, number>()
  for (let i = 0; i < 4000; i++)
    for (const s of normaliseCode(secrets.joinCode())) seen.set(s, (seen.get(s) ?? 0) + 1)
  const expected = (4000 * 8) / 31
  expect(seen.size).toBe(31)
  for (const count of seen.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.25)
})

test('a token is 256 bits and only its hash is kept', () => {
  const token = secrets.token()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(hashSecret(token)).toMatch(/^[0-9a-f]{64}$/)
  expect(secrets.token()).not.toBe(token)
})

test('ids have the shape both sides agreed on', () => {
  expect(secrets.exerciseId()).toMatch(/^ex_[a-z0-9]{16}$/)
  expect(secrets.seatId()).toMatch(/^st_[a-z0-9]{16}$/)
  expect(secrets.seed()).toBeGreaterThanOrEqual(0)
})
