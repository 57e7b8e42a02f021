import { expect, test } from 'vitest'
import { createAnswers } from '../../../server/session/answers.ts'

test('what was accepted stays accepted, also what the log already knew', () => {
  const answers = createAnswers(['st_a one'])
  answers.keep('st_a two', { ok: true })
  for (let i = 0; i < 2000; i++) answers.keep(`st_a no-${i}`, { ok: false, code: 'busy' })
  expect(answers.get('st_a one')).toEqual({ ok: true })
  expect(answers.get('st_a two')).toEqual({ ok: true })
})

test('a refusal is given again', () => {
  const answers = createAnswers()
  answers.keep('st_a one', { ok: false, code: 'not-yours' })
  expect(answers.get('st_a one')).toEqual({ ok: false, code: 'not-yours' })
})

test('what the server could not store may be tried again under the same id', () => {
  const answers = createAnswers()
  answers.keep('st_a one', { ok: false, code: 'not-stored' })
  expect(answers.get('st_a one')).toBeUndefined()
})
