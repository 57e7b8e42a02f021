import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
// `npm test` has just built it; anybody else gets what the sources say now.
const BUILT = process.env.BUILT !== undefined && existsSync(join(ROOT, 'dist/server/main.js'))

/** A port of this machine that nobody uses. */
export function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** A server in a process of its own, ready when this settles. */
export async function spawnServer(options: { port: number; dataDir: string }) {
  const args = BUILT ? [join(ROOT, 'dist/server/main.js')] : ['--import', 'tsx', join(ROOT, 'server/main.ts')]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(options.port),
      HOST: '127.0.0.1',
      DATA_DIR: options.dataDir,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = new Promise<number | null>((told) => child.once('exit', (code) => told(code)))
  const ready = new Promise<void>((told) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('Roll for Recovery is running')) told()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
  await Promise.race([
    ready,
    ended.then((code) => {
      throw new Error(`the server ended with ${code} before it was ready:\n${said}`)
    }),
  ])
  return {
    said: () => said,
    /** Power cut: no signal handler runs. */
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    /** A polite request; settles with the exit code. */
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
