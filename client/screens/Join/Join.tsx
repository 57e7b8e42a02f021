import { Door } from '../../../shared/api.ts'
import { useApi } from '../../net/useApi.ts'
import { Link } from '../../router.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { LoadFailed } from '../LoadFailed.tsx'
import { Page } from '../Page.tsx'
import { CodeForm } from './CodeForm.tsx'
import { DoorForm } from './DoorForm.tsx'
import { readCode } from './joinCode.ts'
import styles from './Join.module.css'

/** Coming in by code: the code, what stands on the door, a name and a place. */
export function Join({ code }: { readonly code: string | null }) {
  const [door, again] = useApi(code === null ? null : `/api/join/${encodeURIComponent(readCode(code))}`, Door)
  const wrong = door.state === 'failed' && door.error.code === 'no-such-thing'
  if (code === null || wrong) {
    return (
      <Page title="Join" narrow>
        <h1>Join an exercise</h1>
        <CodeForm
          typed={code ?? ''}
          {...(wrong && {
            error:
              'No exercise opens with this code. Compare it with the game master’s screen: a code ends when its exercise is closed.',
          })}
        />
        <p className={styles.quiet}>
          You were at the table before? Your seat is kept: it stands on the <Link to="/">start page</Link>.
        </p>
      </Page>
    )
  }
  return (
    <Page title={door.state === 'ready' ? `Join ${door.data.name}` : 'Join'} narrow>
      {door.state === 'loading' && <Spinner label="Knocking…" />}
      {door.state === 'failed' && <LoadFailed error={door.error} onAgain={again} />}
      {door.state === 'ready' && <DoorForm code={readCode(code)} door={door.data} />}
    </Page>
  )
}
