import { Actions } from '../panels/actions/Actions.tsx'
import { ProposeDialog } from '../panels/actions/ProposeDialog.tsx'
import { Alerts } from '../panels/alerts/Alerts.tsx'
import { Channel } from '../panels/channel/Channel.tsx'
import { openPages } from '../panels/alerts/sortAlerts.ts'
import { PHONE_TABS, showMiddle, showPhone, useDesk, type PhoneTab } from '../panels/deskState.ts'
import { MIDDLE_PANELS } from '../panels/index.ts'
import { Playbook } from '../panels/playbook/Playbook.tsx'
import { Response } from '../panels/response/Response.tsx'
import { Timeline } from '../panels/timeline/Timeline.tsx'
import { useMarks } from '../panels/useMarks.ts'
import { useRunNews } from '../panels/useRunNews.ts'
import { useView } from '../store/table.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { cx } from '../ui/cx.ts'
import { Tabs } from '../ui/Tabs.tsx'
import styles from './PhoneDesk.module.css'

const TABS: Readonly<Record<PhoneTab, { title: string; icon: IconName }>> = {
  now: { title: 'Now', icon: 'bell' },
  boards: { title: 'Boards', icon: 'chart' },
  playbook: { title: 'Playbook', icon: 'book' },
  channel: { title: 'Channel', icon: 'chat' },
}

/** The war room on a narrow screen: one column at a time, its tabs under the thumb. */
export function PhoneDesk() {
  const phone = useDesk((s) => s.phone)
  const middle = useDesk((s) => s.middle)
  const marks = useMarks()
  useRunNews(phone === 'now')
  const alerts = useView('alerts')?.alerts ?? []
  const counts: Readonly<Record<PhoneTab, number>> = {
    now: openPages(alerts).length + marks.actions,
    boards: 0,
    playbook: 0,
    channel: marks.channel,
  }
  const Middle = MIDDLE_PANELS.find((p) => p.id === middle)?.Component
  return (
    <div className={styles.desk}>
      <main id="content" tabIndex={-1} className={styles.page} data-tab={phone} data-column>
        {phone === 'now' && (
          <>
            <Response />
            <Alerts />
            <div className={styles.actions}>
              <Actions />
            </div>
            <div className={styles.timeline}>
              <Timeline />
            </div>
          </>
        )}
        {phone === 'boards' && (
          <Tabs
            label="What to look at"
            className={cx(styles.middle)}
            value={middle}
            onPick={showMiddle}
            tabs={MIDDLE_PANELS.map((p) => ({ value: p.id, title: p.title }))}
          >
            {Middle && <Middle />}
          </Tabs>
        )}
        {phone === 'playbook' && <Playbook />}
        {phone === 'channel' && <Channel />}
      </main>
      <nav className={styles.nav} aria-label="War room">
        {PHONE_TABS.map((id) => (
          <button
            key={id}
            type="button"
            className={styles.tab}
            aria-current={phone === id ? 'page' : undefined}
            onClick={() => showPhone(id)}
          >
            <Icon name={TABS[id].icon} />
            <span>{TABS[id].title}</span>
            {counts[id] > 0 && (
              <span className={styles.count} aria-label={`${counts[id]} waiting`}>
                {counts[id]}
              </span>
            )}
          </button>
        ))}
      </nav>
      <ProposeDialog />
    </div>
  )
}
