import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from 'pino'
import type { Library, ScenarioSpoilers } from '../../shared/api.ts'
import { compileScenario } from '../sim/scenario/compile.ts'
import type { Finding, Scenario } from '../sim/scenario/scenario.ts'
import { cardOf, spoilersOf } from './cards.ts'
import { type Checker, createChecker } from './checker.ts'
import { hashSource, publicIdOf } from './hashSource.ts'
import { readFolder } from './readFolder.ts'
import { watchFolders } from './watchFolders.ts'

export interface LibraryOptions {
  /** Folders of scenarios: each sub-folder with a scenario.yaml is one. Earlier folders win where two have the same id. */
  readonly folders: readonly string[]
  readonly log: Pick<Logger, 'info' | 'warn'>
  /** Called after scenarios were added, changed or removed. */
  readonly onChange?: () => void
  readonly checker?: Checker
}

/** The scenarios that can be hosted, kept up to date with the folders they lie in. */
export interface ScenarioLibrary {
  library(): Library
  find(publicId: string): Scenario | undefined
  spoilers(publicId: string): ScenarioSpoilers | undefined
  /** Looks again now; resolves when done. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** One scenario's folder: how it was when last looked at, and the last version that was all right. */
interface Shelf {
  readonly mark: string
  readonly good: Scenario | undefined
  readonly findings: readonly Finding[]
}

const MOST_FINDINGS = 20
const errorsIn = (findings: readonly Finding[]) => findings.filter((f) => f.severity === 'error')

/**
 * Opens the library: reads every scenario, then watches. A scenario that becomes faulty is listed among the refused with its findings, while
 * its last good version stays available. Texts are first read in a thread of their own, with a time limit.
 */
export async function createLibrary({
  folders,
  log,
  onChange,
  checker = createChecker(),
}: LibraryOptions): Promise<ScenarioLibrary> {
  let shelves = new Map<string, Shelf>()

  async function look(folder: string, before: Shelf | undefined): Promise<Shelf> {
    const read = await readFolder(folder)
    if (!read.ok) return { mark: JSON.stringify(read.findings), good: before?.good, findings: read.findings }
    const hash = hashSource(read.source)
    if (before?.mark === hash) return before
    const findings = await checker.check(read.source).catch((err: unknown) => {
      log.warn({ err }, 'scenarios cannot be read in a thread of their own; they are read here')
      return []
    })
    if (errorsIn(findings).length > 0) return { mark: hash, good: before?.good, findings: errorsIn(findings) }
    // It was read once within the limits, so it may be read here.
    const compiled = compileScenario(read.source, hash)
    return compiled.ok
      ? { mark: hash, good: compiled.scenario, findings: [] }
      : { mark: hash, good: before?.good, findings: errorsIn(compiled.findings) }
  }

  async function subfolders(folder: string): Promise<string[]> {
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      return entries
        .flatMap((e) => (e.isDirectory() && !e.name.startsWith('.') ? [join(folder, e.name)] : []))
        .sort()
    } catch (err) {
      log.warn({ folder, err }, 'this folder of scenarios cannot be read')
      return []
    }
  }

  async function scan(): Promise<boolean> {
    const next = new Map<string, Shelf>()
    for (const folder of (await Promise.all(folders.map(subfolders))).flat()) {
      const before = shelves.get(folder)
      try {
        next.set(folder, await look(folder, before))
      } catch (err) {
        log.warn({ folder, err }, 'this scenario cannot be read')
        if (before) next.set(folder, before)
      }
    }
    const changed =
      next.size !== shelves.size || [...next].some(([folder, shelf]) => shelves.get(folder) !== shelf)
    for (const [folder, shelf] of next) {
      const [first] = shelf.findings
      if (first && shelves.get(folder)?.mark !== shelf.mark)
        log.warn(
          { folder, at: `${first.file}:${first.line}:${first.column}`, findings: shelf.findings.length },
          `this scenario is refused: ${first.message}`,
        )
    }
    shelves = next
    return changed
  }

  /** Scenarios by public id; the second of two with the same id is refused. */
  function shown() {
    const byId = new Map<string, { readonly scenario: Scenario; readonly folder: string }>()
    const refused: Library['refused'] = []
    for (const [folder, { good, findings }] of shelves) {
      const found = [...findings]
      if (good) {
        const id = publicIdOf(good.spec.id)
        const other = byId.get(id)
        if (!other) byId.set(id, { scenario: good, folder })
        else
          found.push({
            file: 'scenario.yaml',
            line: 1,
            column: 1,
            severity: 'error',
            message: `Its id \`${good.spec.id}\` is taken by the folder ${basename(other.folder)}.`,
            wayOut: 'Give it another id.',
          })
      }
      if (found.length > 0)
        refused.push({
          folder: basename(folder),
          findings: found
            .slice(0, MOST_FINDINGS)
            .map(({ file, line, column, message, wayOut }) => ({ file, line, column, message, wayOut })),
        })
    }
    return { byId, refused }
  }

  let scanning: Promise<void> = Promise.resolve()
  let closed = false
  const refresh = () => {
    // One that failed must not stop those after it.
    scanning = scanning
      .catch(() => {})
      .then(async () => {
        if (closed) return
        if (await scan()) onChange?.()
      })
    return scanning
  }

  await scan()
  log.info({ scenarios: shown().byId.size, folders }, 'the library is open')
  const stop = watchFolders({
    folders,
    onChange: () =>
      void refresh().catch((err: unknown) => log.warn({ err }, 'the library could not be read anew')),
    onTrouble: (folder, err) =>
      log.warn(
        { folder, err },
        'changes in this folder are not told by the system; it is looked at every few seconds',
      ),
  })

  return {
    library() {
      const { byId, refused } = shown()
      const cards = [...byId].map(([id, { scenario }]) => cardOf(id, scenario))
      return {
        scenarios: cards.sort((a, b) => a.level - b.level || (a.codename < b.codename ? -1 : 1)),
        refused,
      }
    },
    find: (publicId) => shown().byId.get(publicId)?.scenario,
    spoilers(publicId) {
      const found = shown().byId.get(publicId)
      return found && spoilersOf(publicId, found.scenario)
    },
    refresh,
    async close() {
      closed = true
      stop()
      await scanning.catch(() => {})
      await checker.close()
    },
  }
}
