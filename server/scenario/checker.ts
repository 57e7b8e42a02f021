import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Finding, ScenarioSource } from '../sim/scenario/scenario.ts'

/** Checks scenarios in a thread of its own, one after the other. */
export interface Checker {
  /** Everything found; a single error when reading took too long or ended the thread. Rejects when the thread cannot start. */
  check(source: ScenarioSource): Promise<readonly Finding[]>
  close(): Promise<void>
}

export interface CheckerOptions {
  /** How long one scenario may take, wall milliseconds. */
  readonly limitMs?: number
  /** What to run in the thread: by default the check itself. */
  readonly script?: URL
}

const LIMIT_MS = 5_000
// A first start from sources compiles them; only then does a scenario's own time run.
const START_MS = 60_000

const slow = (ms: number): Finding => ({
  file: 'scenario.yaml',
  line: 1,
  column: 1,
  severity: 'error',
  message: `It took longer than ${Math.round(ms / 1000)} seconds to read.`,
  wayOut: 'Look for very long lines, very deep nesting, or aliases of aliases.',
})
const broken = (): Finding => ({ ...slow(0), message: 'It could not be read: the reader gave up.' })

/** The worker's file: beside this one, as source or as built (then perhaps this one lies in a folder of chunks). */
function scriptHere(): URL {
  const sources = import.meta.url.endsWith('.ts')
  const names = sources ? ['./checkWorker.ts'] : ['./checkWorker.js', '../checkWorker.js']
  const urls = names.map((name) => new URL(name, import.meta.url))
  const found = urls.find((url) => existsSync(fileURLToPath(url)))
  if (!found) throw new Error(`the build lacks ${names[0]}`)
  return found
}

// In development and tests the thread reads TypeScript, for which it must load the loader by itself: threads do not inherit it.
const fromSources = (script: URL) => script.pathname.endsWith('.ts')
const LIMITS = { resourceLimits: { maxOldGenerationSizeMb: 256 } }

/** What a scenario's own text can do at worst is to end this thread. */
export function createChecker({ limitMs = LIMIT_MS, script: given }: CheckerOptions = {}): Checker {
  let worker: Promise<Worker> | undefined
  let last: Promise<unknown> = Promise.resolve()

  function start(): Promise<Worker> {
    const started = new Promise<Worker>((resolve, reject) => {
      const script = given ?? scriptHere()
      const made = fromSources(script)
        ? new Worker(
            `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(script.href)})))`,
            {
              eval: true,
              execArgv: [],
              ...LIMITS,
            },
          )
        : new Worker(script, LIMITS)
      const timer = setTimeout(() => void made.terminate(), START_MS)
      made.once('message', () => {
        clearTimeout(timer)
        made.unref()
        resolve(made)
      })
      // Stays: a thread that dies between two scenarios must not take the server along.
      made.on('error', reject)
      made.once('exit', () => {
        clearTimeout(timer)
        // By then another may have taken its place.
        if (worker === started) worker = undefined
        reject(new Error('the reader did not start'))
      })
    })
    return started
  }

  async function checkNow(source: ScenarioSource): Promise<readonly Finding[]> {
    worker ??= start()
    const thread = await worker
    return new Promise((resolve) => {
      const done = (findings: readonly Finding[]) => {
        clearTimeout(timer)
        thread.off('message', done)
        thread.off('exit', died)
        resolve(findings)
      }
      const died = () => done([broken()])
      const timer = setTimeout(() => {
        worker = undefined
        done([slow(limitMs)])
        void thread.terminate()
      }, limitMs)
      // The only thing the thread says is a list of findings.
      thread.once('message', done)
      thread.once('exit', died)
      thread.postMessage(source)
    })
  }

  return {
    check(source) {
      const checked = last.then(() => checkNow(source))
      last = checked.catch(() => {
        worker = undefined
      })
      return checked
    },
    async close() {
      const running = worker
      worker = undefined
      await last
      await running?.then((thread) => thread.terminate()).catch(() => {})
    },
  }
}
