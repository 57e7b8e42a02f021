import form from '../form.module.css'
import styles from './requests.module.css'

interface Chance {
  readonly dc: number
  readonly bonus: number
  readonly advantage: number
}

/** What is the game master's to set before approving: the difficulty, a bonus for good reasoning, advantage. */
export function SetChance({
  chance,
  onChange,
}: {
  readonly chance: Chance
  readonly onChange: (c: Chance) => void
}) {
  return (
    <fieldset className={styles.set}>
      <legend>Yours to set</legend>
      <label>
        Difficulty
        <input
          className={form.input}
          type="number"
          min={1}
          max={30}
          value={chance.dc}
          onChange={(e) => {
            const dc = Math.round(e.target.valueAsNumber)
            if (dc >= 1 && dc <= 30) onChange({ ...chance, dc })
          }}
        />
      </label>
      <label>
        Reasoning
        <select
          className={form.input}
          value={chance.bonus}
          onChange={(e) => onChange({ ...chance, bonus: Number(e.target.value) })}
        >
          <option value={0}>no bonus</option>
          <option value={1}>good, +1</option>
          <option value={2}>very good, +2</option>
        </select>
      </label>
      <label>
        Situation
        <select
          className={form.input}
          value={chance.advantage}
          onChange={(e) => onChange({ ...chance, advantage: Number(e.target.value) })}
        >
          <option value={0}>one die</option>
          <option value={1}>advantage: better of two</option>
          <option value={-1}>disadvantage: worse of two</option>
        </select>
      </label>
    </fieldset>
  )
}
