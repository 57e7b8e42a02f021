import { navigate } from '../../router.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../Page.tsx'

/** An address that leads nowhere, and the two ways on from it. */
export function NotFound() {
  return (
    <Page title="Not found" narrow>
      <h1>Nothing here</h1>
      <EmptyState
        icon="map"
        title="This address leads nowhere"
        text="A link may have been cut off when it was copied."
      >
        <Button kind="primary" onClick={() => navigate('/')}>
          Go to the start page
        </Button>
        <Button onClick={() => navigate('/join')}>Join with a code</Button>
      </EmptyState>
    </Page>
  )
}
