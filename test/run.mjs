// `npm test`: everything, from types to browsers, on a clean clone. The last line is `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { checkNode, ensureInstalled, ROOT, run } from '../server/setup.mjs'

const OUTPUT = join(ROOT, 'test/output')
const total = { passed: 0, failed: 0, skipped: 0 }
const add = (counts) => {
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0
}
const say = (title) => console.log(`\n── ${title}`)

/** A step that passes or fails as a whole counts as one test. */
function check(title, program, args) {
  say(title)
  const ok = run(program, args)
  console.log(ok ? `ok: ${title}` : `FAILED: ${title}`)
  add(ok ? { passed: 1 } : { failed: 1 })
  return ok
}

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

function unitTests(built) {
  say('unit and integration tests')
  const file = join(OUTPUT, 'vitest.json')
  const ok = run(
    'npx',
    ['vitest', 'run', '--reporter=default', '--reporter=./test/support/plainReporter.ts'],
    { COUNTS_FILE: file, ...(built && { BUILT: '1' }) },
  )
  const counts = readJson(file) ?? { failed: 1 }
  add(counts)
  // Something outside every test went wrong: say so in the numbers too.
  if (!ok && !(counts.failed > 0)) add({ failed: 1 })
}

function freePort() {
  return new Promise((found) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })
}

async function browserTests() {
  say('browser tests')
  const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(chromium)) {
    const message = `no browser at ${chromium} (set CHROMIUM to the path of one)`
    if (process.env.CI) {
      console.log(`FAILED: ${message}`)
      add({ failed: 1 })
    } else {
      console.log(`skipped: ${message}`)
      add({ skipped: 1 })
    }
    return
  }
  const file = join(OUTPUT, 'playwright.json')
  const ok = run('npx', ['playwright', 'test', '--config', 'test/e2e/playwright.config.ts'], {
    CHROMIUM: chromium,
    E2E_PORT: String(await freePort()),
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  const stats = readJson(file)?.stats
  const failed = stats?.unexpected ?? 1
  add({ passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed, skipped: stats?.skipped ?? 0 })
  if (!ok && failed === 0) add({ failed: 1 })
}

checkNode()
ensureInstalled()
rmSync(OUTPUT, { recursive: true, force: true })
mkdirSync(OUTPUT, { recursive: true })

check('types', 'npm', ['run', '--silent', 'types'])
check('lint', 'npm', ['run', '--silent', 'lint'])
check('format', 'npx', ['prettier', '--check', '.'])
const built = check('build', 'npm', ['run', '--silent', 'build'])
unitTests(built)
if (built) await browserTests()
else console.log('\nBrowser tests need the build; not run.')

const { passed, failed, skipped } = total
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
