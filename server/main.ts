import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import pino from 'pino'
import { createApp } from './app.ts'
import { readEnv } from './env.ts'
import { exporters } from './exports/index.ts'
import { compareRuns } from './par/compareRuns.ts'
import { realTime } from './realTime.ts'
import { compileStored } from './scenario/compileStored.ts'
import { createLibrary } from './scenario/library.ts'
import { createSqliteStore } from './store/sqliteStore.ts'
import { welcome } from './welcome.ts'

const settings = readEnv(process.env)
if (!settings.ok) {
  console.error(settings.why)
  process.exit(1)
}
const { PORT, HOST, DATA_DIR, SCENARIOS_DIR, LOG_LEVEL, PUBLIC_PORT } = settings.env

// Built, this file lies in dist/server beside dist/client; from the sources, pages come from the development server.
const here = import.meta.dirname
const built = !import.meta.filename.endsWith('.ts')
const webRoot = built ? join(here, '../client') : ''
const shipped = join(here, built ? '../../scenarios' : '../scenarios')
const scenarioFolders = SCENARIOS_DIR === undefined ? [shipped] : [shipped, resolve(SCENARIOS_DIR)]

const log = pino({ level: LOG_LEVEL })
const dataDir = resolve(DATA_DIR)
mkdirSync(dataDir, { recursive: true })

const scenarios = await createLibrary({ folders: scenarioFolders, log })
const app = await createApp({
  store: createSqliteStore(join(dataDir, 'rfr.sqlite')),
  scenarios,
  compile: compileStored,
  compare: compareRuns,
  exporters,
  time: realTime,
  entropy: randomBytes,
  log,
  webRoot,
})
const port = await app.listen(PORT, HOST)
console.log(welcome({ host: HOST, port: PUBLIC_PORT ?? port, dataDir, interfaces: networkInterfaces() }))

let closing = false
async function close(signal: string) {
  if (closing) return
  closing = true
  log.info({ signal }, 'closing: letting every exercise finish what it was asked')
  await app.close()
  await scenarios.close()
  process.exit(0)
}
process.on('SIGTERM', () => void close('SIGTERM'))
process.on('SIGINT', () => void close('SIGINT'))
