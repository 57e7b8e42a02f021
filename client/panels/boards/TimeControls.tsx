import { Button } from '../../ui/Button.tsx'
import { clock } from '../../ui/format.ts'
import { exploreBetween } from '../deskState.ts'
import { Toggle } from '../Toggle.tsx'
import { RANGES } from './boardData.ts'
import { boardTime, useBoardTime } from './boardTime.ts'
import styles from './boards.module.css'

/** The stretch of time all charts show, and what is drawn beside the series. */
export function TimeControls() {
  const { range, zoom, compare, marks } = useBoardTime((s) => s)
  return (
    <div className={styles.controls} role="group" aria-label="Time shown on all charts">
      <div className={styles.ranges}>
        {RANGES.map((minutes) => (
          <Toggle
            key={minutes}
            pressed={!zoom && range === minutes}
            onPress={() => boardTime.setState({ range: minutes, zoom: null })}
          >
            {minutes === 60 ? '1 h' : `${minutes} m`}
          </Toggle>
        ))}
      </div>
      {zoom && (
        <>
          <Button size="small" onClick={() => boardTime.setState({ zoom: null })}>
            Back to now ({clock(zoom.from)} – {clock(zoom.to)})
          </Button>
          <Button size="small" onClick={() => exploreBetween(zoom.from, zoom.to)}>
            Requests of this time
          </Button>
        </>
      )}
      <Toggle pressed={compare} onPress={() => boardTime.setState({ compare: !compare })}>
        Hour before
      </Toggle>
      <Toggle pressed={marks} onPress={() => boardTime.setState({ marks: !marks })}>
        Marks
      </Toggle>
    </div>
  )
}
