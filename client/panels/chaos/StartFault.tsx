import { useId, useState } from 'react'
import type { FaultInfo, FaultTarget } from '../../../shared/contracts/faults.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { announce } from '../../ui/announce.ts'
import { breakSomething, useDesk } from '../deskState.ts'
import form from '../form.module.css'
import { amountWords, groupTargets } from './chaosWords.ts'
import { AT_ONCE, HowLong, type Span } from './HowLong.tsx'
import { useChaosAct } from './useChaosAct.ts'
import styles from './chaos.module.css'

/** Picks something of the system and something that happens to it, says how much and how long, and starts it. */
export function StartFault({
  targets,
  catalogue,
  playing,
}: {
  readonly targets: readonly FaultTarget[]
  readonly catalogue: readonly FaultInfo[]
  readonly playing: boolean
}) {
  const wanted = useDesk((s) => s.faultTarget)
  const [chosen, setChosen] = useState<string | null>(null)
  const [amounts, setAmounts] = useState<Readonly<Record<string, number>>>({})
  const [span, setSpan] = useState<Span>(AT_ONCE)
  const [asking, setAsking] = useState(false)
  const { busy, problem, act, forget } = useChaosAct()
  const name = useId()
  const groups = groupTargets(targets)
  const target = targets.find((t) => t.id === wanted) ?? groups[0]?.targets[0]
  if (!target)
    return <EmptyState icon="server" title="Nothing to break" text="This system came without components." />
  const fitting = catalogue.filter((f) => target.faults.includes(f.id))
  const fault = fitting.find((f) => f.id === chosen) ?? fitting[0]
  const amount = fault?.amount
  const value = fault && amount ? (amounts[fault.id] ?? amount.default) : undefined
  const start = async () => {
    if (!fault) return
    const { minutes, over } = fault.instant ? AT_ONCE : span
    const done = await act({
      type: 'faults.start',
      fault: fault.id,
      target: target.id,
      ...(value !== undefined && { amount: value }),
      minutes,
      over,
    })
    setAsking(false)
    if (done) announce(`Started: ${fault.title}, ${target.title}`)
  }
  return (
    <form
      className={styles.form}
      aria-label="Start a fault"
      onSubmit={(e) => {
        e.preventDefault()
        // Everything else can be ended; what is done at once cannot.
        if (fault?.instant) setAsking(true)
        else void start()
      }}
    >
      <label className={styles.row}>
        What
        <select
          className={form.input}
          value={target.id}
          onChange={(e) => {
            breakSomething(e.target.value)
            forget()
          }}
        >
          {groups.map((g) => (
            <optgroup key={g.title} label={g.title}>
              {g.targets.map((t) => (
                <option key={t.id} value={t.id}>
                  {t.title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <fieldset className={styles.chips}>
        <legend>What happens to it</legend>
        {fitting.map((f) => (
          <label key={f.id} className={styles.chip} title={f.describe}>
            <input
              type="radio"
              name={name}
              className={form.radio}
              checked={f.id === fault?.id}
              onChange={() => {
                setChosen(f.id)
                forget()
              }}
            />
            {f.title}
          </label>
        ))}
      </fieldset>
      {fault && <p className={styles.describe}>{fault.describe}</p>}
      {fault && amount && value !== undefined && (
        <label className={styles.amount}>
          {amount.title}
          <input
            className={form.range}
            type="range"
            min={amount.min}
            max={amount.max}
            step={amount.step}
            value={value}
            aria-valuetext={amountWords(value, amount.unit)}
            onChange={(e) => setAmounts({ ...amounts, [fault.id]: Number(e.target.value) })}
          />
          <output className={styles.number}>{amountWords(value, amount.unit)}</output>
        </label>
      )}
      {fault && !fault.instant && <HowLong span={span} onSpan={setSpan} />}
      <div className={styles.go}>
        <Button type="submit" size="small" kind="primary" disabled={busy || !playing || !fault}>
          {fault ? `${fault.title}: ${target.title}` : 'Start'}
        </Button>
        {!playing && <span className={styles.quiet}>Once play has started.</span>}
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      </div>
      <Dialog
        open={asking}
        title={`${fault?.title ?? ''}: ${target.title}?`}
        onClose={() => setAsking(false)}
      >
        <p>{fault?.describe}</p>
        <p>It is done at once and cannot be taken back.</p>
        <div className={styles.asks}>
          <Button kind="quiet" onClick={() => setAsking(false)}>
            Leave it
          </Button>
          <Button kind="primary" disabled={busy} onClick={() => void start()}>
            Do it
          </Button>
        </div>
      </Dialog>
    </form>
  )
}
