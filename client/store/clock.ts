import { useEffect, useReducer } from 'react'
import type { ViewOf } from '../../shared/contracts/index.ts'
import { simMs, type SimMs } from '../../shared/ids.ts'
import { tableStore, useTable } from './table.ts'

type Lifecycle = Pick<ViewOf<'lifecycle'>, 'phase' | 'now' | 'wall' | 'speed'>

/** How far, in wall ms, the clock walks on without hearing from the server before it stands still. */
const ALONE_MS = 2000

// Server wall time minus this browser's. A frame can only arrive late, never early, so the largest seen is nearest.
let offset: number | null = null

/** Learns from a frame just received how the server's wall clock stands to this one. */
export function noteServerWall(wall: number, local: number = Date.now()): void {
  offset = offset === null ? wall - local : Math.max(offset, wall - local)
}
/** Forgets what was learned: another server, or another network. */
export function forgetServerWall(): void {
  offset = null
}

/** Exercise time at wall time `local` of this browser. Pure but for what {@link noteServerWall} learned. */
export function interpolate(lifecycle: Lifecycle, local: number): SimMs {
  if (lifecycle.phase !== 'running') return lifecycle.now
  const since = Math.min(ALONE_MS, Math.max(0, local + (offset ?? 0) - lifecycle.wall))
  return simMs(lifecycle.now + since * lifecycle.speed)
}

let shown = simMs(0)

/** Exercise time now; zero before anything is known. While the line is down it stands where it was last seen. */
export function exerciseNow(): SimMs {
  const { views, status } = tableStore.getState()
  const lifecycle = views?.role.lifecycle
  if (!lifecycle) return simMs(0)
  if (status === 'live') shown = interpolate(lifecycle, Date.now())
  return shown
}

/** Exercise time, re-rendering once a second at ×1 and four times a second above it while the clock runs. */
export function useExerciseNow(): SimMs {
  const running = useTable((t) => t.views?.role.lifecycle?.phase === 'running')
  const speed = useTable((t) => t.views?.role.lifecycle?.speed ?? 1)
  // Between frames the timer tells; while the clock stands, only the server does.
  useTable((t) => (running ? null : t.views?.role.lifecycle?.now))
  const [, tick] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(tick, speed === 1 ? 1000 : 250)
    return () => clearInterval(timer)
  }, [running, speed])
  return exerciseNow()
}
