import { describe, expect, test } from 'vitest'
import { createOutbox, type Transmit } from '../../../client/net/outbox.ts'
import type { Answer } from '../../../shared/frames.ts'

/** A line that records what goes out and lets the test answer. */
function line() {
  const sent: { id: string; type: string; answer: (a: Answer | null) => void }[] = []
  const transmit: Transmit = ({ id, command }, answer) => sent.push({ id, type: command.type, answer })
  return { sent, transmit }
}
const numbered = () => {
  let n = 0
  return () => `command-${(n += 1)}`
}

describe('a command on its way', () => {
  test('is answered by the server', async () => {
    const { sent, transmit } = line()
    const outbox = createOutbox({ id: numbered() })
    outbox.open(transmit)
    const answer = outbox.send({ type: 'seats.check-in' })
    sent[0]?.answer({ ok: true })
    expect(await answer).toEqual({ ok: true })
    expect(outbox.waiting()).toBe(0)
  })

  test('waits while offline and goes out when the line is up', async () => {
    const { sent, transmit } = line()
    const outbox = createOutbox({ id: numbered() })
    const answer = outbox.send({ type: 'lifecycle.pause' })
    expect(sent).toHaveLength(0)
    outbox.open(transmit)
    expect(sent.map((s) => s.type)).toEqual(['lifecycle.pause'])
    sent[0]?.answer({ ok: false, code: 'wrong-phase' })
    expect(await answer).toEqual({ ok: false, code: 'wrong-phase' })
  })

  test('goes out again under the same id after the line broke, and is answered once', async () => {
    const before = line()
    const after = line()
    const outbox = createOutbox({ id: numbered() })
    outbox.open(before.transmit)
    const answer = outbox.send({ type: 'lifecycle.pause' })
    outbox.shut()
    before.sent[0]?.answer(null)
    outbox.open(after.transmit)
    expect(after.sent.map((s) => s.id)).toEqual(['command-1'])
    after.sent[0]?.answer({ ok: true })
    before.sent[0]?.answer({ ok: false, code: 'already-done' })
    expect(await answer).toEqual({ ok: true })
  })

  test('is asked again when no answer comes although the line stands', async () => {
    const { sent, transmit } = line()
    const outbox = createOutbox({ id: numbered() })
    outbox.open(transmit)
    const answer = outbox.send({ type: 'hints.give' })
    sent[0]?.answer(null)
    expect(sent.map((s) => s.id)).toEqual(['command-1', 'command-1'])
    sent[1]?.answer({ ok: true })
    expect(await answer).toEqual({ ok: true })
  })

  test('of another seat is not sent in the name of the next', async () => {
    const { sent, transmit } = line()
    const outbox = createOutbox({ id: numbered() })
    const answer = outbox.send({ type: 'hints.give' })
    outbox.discard()
    outbox.open(transmit)
    expect(await answer).toEqual({ ok: false, code: 'offline' })
    expect(sent).toHaveLength(0)
  })

  test('carries an id the server takes', () => {
    const { sent, transmit } = line()
    const outbox = createOutbox()
    outbox.open(transmit)
    void outbox.send({ type: 'hints.give' })
    void outbox.send({ type: 'hints.give' })
    expect(sent[0]?.id).toMatch(/^[A-Za-z0-9_-]{8,64}$/)
    expect(sent[0]?.id).not.toBe(sent[1]?.id)
  })
})
