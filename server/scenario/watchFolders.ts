import { type FSWatcher, watch } from 'node:fs'

/** Editors write a file in several steps; this long nothing must move before we look. */
const QUIET_MS = 300
/** How often to look where the system does not tell. */
const POLL_MS = 5_000

export interface WatchOptions {
  readonly folders: readonly string[]
  /** Something may have changed. Never called twice at once is up to the callee. */
  readonly onChange: () => void
  /** Watching a folder failed; it is looked at every few seconds instead. */
  readonly onTrouble: (folder: string, err: unknown) => void
}

/** Tells when files below the folders change, by the system's own means or, where those fail, by looking. Returns how to stop. */
export function watchFolders({ folders, onChange, onTrouble }: WatchOptions): () => void {
  let quiet: NodeJS.Timeout | undefined
  let poll: NodeJS.Timeout | undefined
  let stopped = false
  const watchers = new Set<FSWatcher>()
  const touched = () => {
    clearTimeout(quiet)
    quiet = setTimeout(onChange, QUIET_MS).unref()
  }
  const trouble = (folder: string, err: unknown) => {
    if (stopped) return
    onTrouble(folder, err)
    poll ??= setInterval(onChange, POLL_MS).unref()
  }
  for (const folder of folders) {
    try {
      const watcher = watch(folder, { recursive: true, persistent: false }, touched)
      watchers.add(watcher)
      watcher.on('error', (err) => {
        watcher.close()
        watchers.delete(watcher)
        trouble(folder, err)
      })
    } catch (err) {
      trouble(folder, err)
    }
  }
  return () => {
    stopped = true
    clearTimeout(quiet)
    clearInterval(poll)
    for (const watcher of watchers) watcher.close()
  }
}
