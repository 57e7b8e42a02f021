// `npm start`: makes sure everything is there, then runs the server in this very process, so that signals reach it.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkNode, ensureBuilt, ensureInstalled, giveUp, ROOT } from './setup.mjs'

checkNode()
ensureInstalled()

const load = (file) => import(pathToFileURL(join(ROOT, file)).href)

/** A port nobody uses, on this machine only. */
function freePort() {
  return new Promise((found) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })
}

/** The page from its sources with hot reloading, and behind it the server, restarted when its sources change. */
async function develop() {
  const vite = await import('vite')
  const backend = await freePort()
  const port = Number(process.env.PORT ?? 3000)
  const server = spawn(process.execPath, ['--import', 'tsx', '--watch', join(ROOT, 'server/main.ts')], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PORT: String(backend), HOST: '127.0.0.1', PUBLIC_PORT: String(port) },
  })
  const target = `http://127.0.0.1:${backend}`
  const page = await vite.createServer({
    configFile: join(ROOT, 'vite.config.ts'),
    server: {
      port,
      strictPort: true,
      host: process.env.HOST ?? '127.0.0.1',
      // The server compares Origin with Host, so the browser's own Host must reach it.
      proxy: {
        '/api': { target, changeOrigin: false },
        '/socket': { target, ws: true, changeOrigin: false },
      },
    },
  })
  await page.listen()
  page.printUrls()
  const stop = async () => {
    server.kill('SIGTERM')
    await page.close()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
}

const [mode, ...rest] = process.argv.slice(2)
if (mode === '--dev') {
  await develop()
} else if (mode === '--cli') {
  ensureBuilt()
  process.argv = [process.argv[0] ?? 'node', 'rfr', ...rest]
  await load('dist/server/rfr.js')
} else if (mode === undefined) {
  ensureBuilt()
  await load('dist/server/main.js')
} else {
  giveUp(`Unknown option ${mode}. Use: npm start, npm run dev, npm run rfr -- <command>.`)
}
