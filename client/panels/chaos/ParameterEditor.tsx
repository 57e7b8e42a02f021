import { useState } from 'react'
import { EFFECT_OPS, type Influence } from '../../../shared/contracts/faults.ts'
import { Button } from '../../ui/Button.tsx'
import { announce } from '../../ui/announce.ts'
import form from '../form.module.css'
import { quantityWords } from './chaosWords.ts'
import { AT_ONCE, HowLong, type Span } from './HowLong.tsx'
import { EXAMPLES, previewOf } from './preview.ts'
import { useChaosAct } from './useChaosAct.ts'
import type { Parameter } from '../../store/parameters.ts'
import styles from './chaos.module.css'

const OPS: Readonly<Record<Influence['op'], string>> = { set: 'Set to', scale: 'Multiply by', add: 'Add' }

/** One parameter: what it means, what it is and may be, and a form that says beforehand what it would become. */
export function ParameterEditor({
  parameter: p,
  playing,
}: {
  readonly parameter: Parameter
  readonly playing: boolean
}) {
  const [op, setOp] = useState<Influence['op']>('set')
  const [value, setValue] = useState('')
  const [span, setSpan] = useState<Span>(AT_ONCE)
  const [cause, setCause] = useState(true)
  const { busy, problem, act, forget } = useChaosAct()
  const words = (n: number) => quantityWords(n, p.quantity)
  const preview = previewOf(p, op, value)
  const ops = EFFECT_OPS.filter((o) => o === 'set' || p.quantity !== 'flag')
  return (
    <form
      className={styles.editor}
      aria-label={`Change ${p.path}`}
      onSubmit={async (e) => {
        e.preventDefault()
        if (value.trim() === '') return
        const done = await act({ type: 'faults.set', path: p.path, op, value, ...span, cause })
        if (!done) return
        setValue('')
        announce(`Changed: ${p.path}`)
      }}
    >
      <h3 className={styles.title}>
        {p.owner}: {p.name.replaceAll('_', ' ')}
      </h3>
      <p className={styles.describe}>{p.describe}</p>
      <dl className={styles.facts}>
        <dt>Now</dt>
        <dd>{words(p.value)}</dd>
        <dt>In this scenario</dt>
        <dd>{words(p.base)}</dd>
        <dt>Default</dt>
        <dd>{words(p.default)}</dd>
        <dt>Range</dt>
        <dd>
          {words(p.min)} to {words(p.max)}
        </dd>
      </dl>
      <div className={styles.change}>
        <select
          className={form.input}
          aria-label="How to change it"
          value={op}
          onChange={(e) => {
            setOp(EFFECT_OPS.find((o) => o === e.target.value) ?? 'set')
            forget()
          }}
        >
          {ops.map((o) => (
            <option key={o} value={o}>
              {OPS[o]}
            </option>
          ))}
        </select>
        <input
          className={form.input}
          value={value}
          maxLength={40}
          aria-label="By what"
          placeholder={op === 'scale' ? '2' : EXAMPLES[p.quantity]}
          onChange={(e) => {
            setValue(e.target.value)
            forget()
          }}
        />
        <output className={styles.number} aria-label="It would become">
          {preview === null ? '' : `${words(p.value)} → ${words(preview)}`}
        </output>
      </div>
      <HowLong span={span} onSpan={setSpan} />
      <label className={styles.cause}>
        <input
          type="checkbox"
          className={form.radio}
          checked={cause}
          onChange={(e) => setCause(e.target.checked)}
        />
        Counts as a cause: not resolved while it holds
      </label>
      <div className={styles.go}>
        <Button type="submit" size="small" kind="primary" disabled={busy || !playing || value.trim() === ''}>
          Change {p.name.replaceAll('_', ' ')}
        </Button>
        {!playing && <span className={styles.quiet}>Once play has started.</span>}
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      </div>
    </form>
  )
}
