import type { ReactNode } from 'react'
import { ProposeDialog } from '../panels/actions/ProposeDialog.tsx'
import { Alerts } from '../panels/alerts/Alerts.tsx'
import { showMiddle, showRight, useDesk } from '../panels/deskState.ts'
import { MIDDLE_PANELS, RIGHT_PANELS } from '../panels/index.ts'
import { Response } from '../panels/response/Response.tsx'
import { Timeline } from '../panels/timeline/Timeline.tsx'
import { useMarks } from '../panels/useMarks.ts'
import { useRunNews } from '../panels/useRunNews.ts'
import { useColumn } from '../store/prefs.ts'
import { useReadOnly } from '../store/table.ts'
import { Badge } from '../ui/Badge.tsx'
import { Splitter } from '../ui/Splitter.tsx'
import { cx } from '../ui/cx.ts'
import { Tabs } from '../ui/Tabs.tsx'
import styles from './PlayerDesk.module.css'

const LEFT = { min: 220, max: 480, start: 296 }
const RIGHT = { min: 280, max: 640, start: 368 }

/** The player's war room: what calls for attention, what one looks at, what one acts with. */
export function PlayerDesk() {
  const middle = useDesk((s) => s.middle)
  const right = useDesk((s) => s.right)
  const [leftWidth, setLeftWidth] = useColumn('player-left', LEFT.start)
  const [rightWidth, setRightWidth] = useColumn('player-right', RIGHT.start)
  const marks = useMarks()
  const readOnly = useReadOnly()
  useRunNews(right === 'actions')
  const Middle = MIDDLE_PANELS.find((p) => p.id === middle)?.Component
  const Right = RIGHT_PANELS.find((p) => p.id === right)?.Component
  return (
    <div className={styles.desk}>
      <aside className={styles.side} aria-label="What calls for attention" data-column>
        <div className={styles.left} style={{ width: leftWidth }}>
          <Response />
          <div className={styles.alerts}>
            <Alerts />
          </div>
          <div className={styles.timeline}>
            <Timeline />
          </div>
        </div>
        <Splitter
          label="Width of the left column"
          side="left"
          width={leftWidth}
          min={LEFT.min}
          max={LEFT.max}
          onWidth={setLeftWidth}
        />
      </aside>
      {/* Seen through a game master's eyes it stands inside another page, which has its own content. */}
      <main id={readOnly ? undefined : 'content'} tabIndex={-1} className={styles.middle} data-column>
        <Tabs
          label="What to look at"
          className={cx(styles.tabs)}
          value={middle}
          onPick={showMiddle}
          tabs={MIDDLE_PANELS.map((p) => ({ value: p.id, title: p.title }))}
        >
          {Middle && <Middle />}
        </Tabs>
      </main>
      <aside className={styles.side} aria-label="What to act with" data-column>
        <Splitter
          label="Width of the right column"
          side="right"
          width={rightWidth}
          min={RIGHT.min}
          max={RIGHT.max}
          onWidth={setRightWidth}
        />
        <div className={styles.right} style={{ width: rightWidth }}>
          <Tabs
            label="What to act with"
            className={cx(styles.tabs)}
            value={right}
            onPick={showRight}
            tabs={RIGHT_PANELS.map((p) => ({ value: p.id, title: p.title, mark: markOf(p.id, marks) }))}
          >
            {Right && <Right />}
          </Tabs>
        </div>
      </aside>
      <ProposeDialog />
    </div>
  )
}

/** The number behind a tab of the right column, with its words for those who do not see it. */
function markOf(
  panel: 'playbook' | 'actions' | 'channel',
  marks: { readonly channel: number; readonly actions: number },
): ReactNode {
  const count = panel === 'channel' ? marks.channel : panel === 'actions' ? marks.actions : 0
  if (count === 0) return null
  return (
    <Badge tone="accent">
      <span aria-hidden="true">{count}</span>
      <span className={styles.words}>
        {panel === 'channel' ? `, ${count} unread` : `, ${count} waiting for you`}
      </span>
    </Badge>
  )
}
