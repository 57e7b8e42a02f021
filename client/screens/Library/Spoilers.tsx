import { useState } from 'react'
import { ScenarioSpoilers } from '../../../shared/api.ts'
import { useApi } from '../../net/useApi.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { LoadFailed } from '../LoadFailed.tsx'
import styles from './Library.module.css'

/** What is really going on, fetched only when somebody asks for it. */
export function Spoilers({ id }: { readonly id: string }) {
  const [asked, setAsked] = useState(false)
  const [spoilers, again] = useApi(
    asked ? `/api/scenarios/${encodeURIComponent(id)}/spoilers` : null,
    ScenarioSpoilers,
  )
  return (
    <details className={styles.spoilers} onToggle={(e) => e.currentTarget.open && setAsked(true)}>
      <summary>
        <Icon name="eye" /> Show spoilers (game masters only)
      </summary>
      {asked && spoilers.state === 'loading' && <Spinner label="Fetching…" />}
      {spoilers.state === 'failed' && <LoadFailed error={spoilers.error} onAgain={again} />}
      {spoilers.state === 'ready' && <Told spoilers={spoilers.data} />}
    </details>
  )
}

function Told({ spoilers }: { readonly spoilers: ScenarioSpoilers }) {
  return (
    <div className={styles.told}>
      <p>
        <strong>{spoilers.title}</strong> <code>{spoilers.slug}</code>
      </p>
      <Markdown source={spoilers.truth} />
      <h3>What solves it</h3>
      <Lines lines={spoilers.solution} />
      <h3>What tempts</h3>
      <Lines lines={spoilers.tempting} />
      {spoilers.sources.length > 0 && (
        <>
          <h3>Sources</h3>
          <ul className={styles.list}>
            {spoilers.sources.map((s) => (
              <li key={s.url}>
                {/^https?:/.test(s.url) ? (
                  <a href={s.url} target="_blank" rel="noreferrer">
                    {s.title}
                  </a>
                ) : (
                  s.title
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return <p className={styles.quiet}>Nothing in particular.</p>
  return (
    <ul className={styles.list}>
      {lines.map((l) => (
        <li key={l}>{l}</li>
      ))}
    </ul>
  )
}
