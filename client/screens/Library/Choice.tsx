import styles from './Library.module.css'

/** One of a few, each explained in a line. */
export function Choice<V extends string>({
  name,
  title,
  options,
  value,
  onPick,
}: {
  readonly name: string
  readonly title: string
  readonly options: readonly { readonly value: V; readonly title: string; readonly does: string }[]
  readonly value: V
  readonly onPick: (value: V) => void
}) {
  return (
    <fieldset className={styles.choice}>
      <legend>{title}</legend>
      {options.map((o) => (
        <label key={o.value}>
          <input type="radio" name={name} checked={o.value === value} onChange={() => onPick(o.value)} />
          <strong>{o.title}</strong>
          <span className={styles.quiet}>{o.does}</span>
        </label>
      ))}
    </fieldset>
  )
}
