import { navigate } from '../../router.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../Page.tsx'

/** This browser holds no such seat (any more), and the ways back in. */
export function NoSeat({
  status,
  why,
}: {
  readonly status: 'refused' | 'removed'
  readonly why: string | null
}) {
  return (
    <Page title="No seat" narrow>
      <h1>{status === 'removed' ? 'Your seat was freed' : 'You cannot sit here'}</h1>
      <EmptyState
        icon="door"
        title={
          status === 'removed'
            ? 'The game master freed this seat.'
            : (why ?? 'This browser holds no such seat.')
        }
        text="A seat belongs to the browser that took it. With the join code you can take one again."
      >
        <Button kind="primary" onClick={() => navigate('/join')}>
          Join with a code
        </Button>
        <Button onClick={() => location.reload()}>Try again</Button>
        <Button kind="quiet" onClick={() => navigate('/')}>
          To the start page
        </Button>
      </EmptyState>
    </Page>
  )
}
