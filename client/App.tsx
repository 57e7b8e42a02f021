import { Component, Suspense, useEffect, lazy, type ReactNode } from 'react'
import { Exercise } from './screens/Exercise/Exercise.tsx'
import { HelpSheet } from './screens/HelpSheet.tsx'
import { Home } from './screens/Home/Home.tsx'
import { Join } from './screens/Join/Join.tsx'
import { NotFound } from './screens/NotFound/NotFound.tsx'
import { useRoute, type Route } from './router.tsx'
import { Button } from './ui/Button.tsx'
import { EmptyState } from './ui/EmptyState.tsx'
import { LiveRegion } from './ui/LiveRegion.tsx'
import { Spinner } from './ui/Spinner.tsx'
import { Toasts } from './ui/Toasts.tsx'
import { openHelp } from './ui/helpSheet.ts'

const Library = lazy(() => import('./screens/Library/Library.tsx').then((m) => ({ default: m.Library })))
const HostPage = lazy(() => import('./screens/Library/HostPage.tsx').then((m) => ({ default: m.HostPage })))

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'home':
      return <Home />
    case 'library':
      return <Library key={route.lead} lead={route.lead} />
    case 'host':
      return <HostPage key={route.scenario} lead={route.lead} scenario={route.scenario} />
    case 'join':
      return <Join key={route.code} code={route.code} />
    case 'exercise':
      return <Exercise key={route.seat} seat={route.seat} />
    case 'not-found':
      return <NotFound />
  }
}

/** Keeps a fault of one screen from leaving an empty page: says so, and offers to load again. */
class Boundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <main>
        <EmptyState
          icon="bad"
          title="This page stumbled"
          text="Nothing of the exercise is lost: it lives on the server."
        >
          <Button kind="primary" onClick={() => location.reload()}>
            Load the page again
          </Button>
        </EmptyState>
      </main>
    )
  }
}

/** The whole page: the screen its path stands for, and what may appear over any of them. */
export function App() {
  const route = useRoute()
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      const writing =
        e.target instanceof HTMLElement && e.target.matches('input, textarea, select, [contenteditable]')
      if (e.key !== '?' || writing || e.ctrlKey || e.metaKey || e.altKey) return
      e.preventDefault()
      openHelp()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Boundary>
        <Suspense fallback={<Spinner label="Loading…" />}>
          <Screen route={route} />
        </Suspense>
      </Boundary>
      <HelpSheet />
      <Toasts />
      <LiveRegion />
    </>
  )
}
