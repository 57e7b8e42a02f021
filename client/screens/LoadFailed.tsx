import type { ApiError } from '../net/api.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

/** What could not be read from the server, and the way to try again. */
export function LoadFailed({ error, onAgain }: { readonly error: ApiError; readonly onAgain: () => void }) {
  return (
    <EmptyState
      icon={error.code === 'offline' ? 'offline' : 'warning'}
      title="That did not arrive"
      text={error.message}
    >
      <Button onClick={onAgain}>Try again</Button>
    </EmptyState>
  )
}
