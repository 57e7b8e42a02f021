import type { RequestRange } from '../../store/requests.ts'
import { clock } from '../../ui/format.ts'
import { exploreTime } from '../deskState.ts'
import { Toggle } from '../Toggle.tsx'
import styles from './explore.module.css'

const MINUTES = [5, 15, 60] as const

/** Which stretch of time is looked at: the last minutes, or what was chosen on the boards. */
export function RangePicker({ range }: { readonly range: RequestRange }) {
  return (
    <div className={styles.ranges} role="group" aria-label="Time">
      {MINUTES.map((minutes) => (
        <Toggle
          key={minutes}
          pressed={range.kind === 'last' && range.minutes === minutes}
          onPress={() => exploreTime({ kind: 'last', minutes })}
        >
          {minutes === 60 ? '1 h' : `${minutes} m`}
        </Toggle>
      ))}
      {range.kind === 'between' && (
        <span className={styles.between}>
          {clock(range.from)} – {clock(range.to)}
        </span>
      )}
    </div>
  )
}
