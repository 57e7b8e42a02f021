import type { ParamInfo } from '../../../shared/contracts/mitigations.ts'
import { paramValue } from './proposal.ts'
import form from '../form.module.css'
import styles from './actions.module.css'

/** One value the player sets: a slider with its number, or a choice. */
export function ParamField({
  param,
  written,
  onWrite,
}: {
  readonly param: ParamInfo
  readonly written: string | undefined
  readonly onWrite: (value: string) => void
}) {
  const value = paramValue(param, written)
  if (param.kind === 'choice') {
    return (
      <label className={styles.field}>
        {param.title}
        <select className={form.input} value={String(value)} onChange={(e) => onWrite(e.target.value)}>
          {param.options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.title}
            </option>
          ))}
        </select>
      </label>
    )
  }
  const shown =
    param.unit === 'ratio'
      ? `${Math.round(Number(value) * 1000) / 10} %`
      : `${value}${param.unit === '1' ? '' : ` ${param.unit}`}`
  return (
    <label className={styles.field}>
      {param.title}
      <span className={styles.slider}>
        <input
          className={form.range}
          type="range"
          min={param.min}
          max={param.max}
          step={param.step}
          value={Number(value)}
          aria-valuetext={shown}
          onChange={(e) => onWrite(e.target.value)}
        />
        <output className={styles.number}>{shown}</output>
      </span>
    </label>
  )
}
