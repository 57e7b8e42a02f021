import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever it was started from. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Says why it cannot go on, in one line, and ends. */
export function giveUp(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

/** Ends with a clear sentence when this Node.js is older than package.json asks for. */
export function checkNode() {
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node.replace('>=', '')
  const number = (version) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0)
  const here = process.versions.node
  const [major, minor] = here.split('.')
  const [wantedMajor, wantedMinor = '0'] = wanted.split('.')
  if (number(`${major}.${minor}`) < number(`${wantedMajor}.${wantedMinor}`)) {
    giveUp(
      `Roll for Recovery needs Node.js ${wanted} or newer; this is ${here}. Get one from https://nodejs.org/.`,
    )
  }
}

/** Runs a program in the project's folder with its output shown (on file `output`, 1 or 2); true when it went well. */
export function run(program, args, env = {}, output = 1) {
  const done = spawnSync(program, args, {
    cwd: ROOT,
    stdio: ['inherit', output, 2],
    env: { ...process.env, ...env },
    // npm is a script on Windows, and scripts need a shell there.
    shell: process.platform === 'win32',
  })
  return done.status === 0
}

const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

/** Installs the packages when there are none or when the lockfile is newer than what is installed. */
export function ensureInstalled() {
  const installed = changedAt(join(ROOT, 'node_modules', '.package-lock.json'))
  if (installed > 0 && installed >= changedAt(join(ROOT, 'package-lock.json'))) return
  // On standard error: what a command of `rfr` prints may be on its way into a file.
  console.error('Installing packages (this happens once, and again after an update) …')
  if (!run('npm', ['ci', '--no-audit', '--no-fund'], {}, 2))
    giveUp('npm could not install the packages. See its messages above.')
}

/** The newest change below a folder; a deleted file shows as its folder's change. */
function newest(path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs)
}

/** Builds page and server when that never happened or a source is newer than the build. */
export function ensureBuilt() {
  const outputs = ['dist/client/index.html', 'dist/server/main.js'].map((file) => changedAt(join(ROOT, file)))
  const sources = ['client', 'server', 'shared', 'vite.config.ts', 'package-lock.json'].map((path) =>
    newest(join(ROOT, path)),
  )
  if (Math.min(...outputs) > Math.max(...sources)) return
  console.error('Building …')
  if (!run('npm', ['run', '--silent', 'build'], {}, 2)) giveUp('The build failed. See the messages above.')
}
