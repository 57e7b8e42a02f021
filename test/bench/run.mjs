// Bundles the speed report as the server itself is bundled, and runs it in a Node of its own.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../..')
const out = mkdtempSync(join(root, 'node_modules/.bench-'))
try {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true },
    build: { ssr: 'test/bench/speed.ts', outDir: out, emptyOutDir: false, minify: false },
  })
  const { status } = spawnSync(process.execPath, [join(out, 'speed.js')], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} finally {
  rmSync(out, { recursive: true, force: true })
}
