import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const ROOMS = ['shared', 'server', 'client', 'test']

interface Source {
  /** From the project's root, with forward slashes. */
  readonly path: string
  readonly text: string
}
interface Import {
  readonly from: string
  /** A path of ours from the project's root, or the name of a package. */
  readonly to: string
  readonly ours: boolean
}

const sources: readonly Source[] = ROOMS.filter((room) => existsSync(join(root, room))).flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|mjs)$/.test(file))
    .map((file) => ({
      path: join(room, file).replaceAll('\\', '/'),
      text: readFileSync(join(root, room, file), 'utf8'),
    })),
)
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g
const importsOf = ({ path, text }: Source): Import[] =>
  [...text.matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? ''
    const ours = name.startsWith('.')
    return {
      from: path,
      to: ours ? relative(root, join(root, dirname(path), name)).replaceAll('\\', '/') : name,
      ours,
    }
  })
const imports = sources.flatMap(importsOf)
const within =
  (...rooms: readonly string[]) =>
  (path: string) =>
    rooms.some((room) => path === room || path.startsWith(`${room}/`))
const isPackage = (name: string, allowed: readonly string[]) =>
  allowed.some((p) => name === p || name.startsWith(`${p}/`))
const tell = ({ from, to }: Import) => `${from} → ${to}`
/** Imports out of a room that go neither to the rooms nor to the packages named. */
const strays = (room: string, to: { rooms: readonly string[]; packages: readonly string[] }) =>
  imports
    .filter(
      (i) => within(room)(i.from) && !(i.ours ? within(...to.rooms)(i.to) : isPackage(i.to, to.packages)),
    )
    .map(tell)
/** Source text without comments and quoted strings: what the machine is told to do. */
const code = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/\/\/.*$/gm, '')

const CLIENT_PACKAGES = [
  '@base-ui/react',
  '@dagrejs/dagre',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
  '@xyflow/react',
  'markdown-it',
  'minisearch',
  'react',
  'react-dom',
  'socket.io-client',
  'uplot',
  'uqr',
  'zod',
  'zustand',
]

describe('which way imports point', () => {
  test('the reader of imports sees them all', () => {
    const found = importsOf({
      path: 'a/b.ts',
      text: "import x from './x.ts'\nimport {\n  y,\n} from '../y.ts'\nexport { z } from 'z'\nimport './w.css'\nconst v = await import('./v.ts')\n",
    })
    expect(found.map((i) => i.to)).toEqual(['a/x.ts', 'y.ts', 'z', 'a/w.css', 'a/v.ts'])
    expect(imports.length).toBeGreaterThan(200)
  })
  test('shared imports zod and itself', () => {
    expect(strays('shared', { rooms: ['shared'], packages: ['zod'] })).toEqual([])
  })
  test('the core imports shared, itself and libraries that are pure', () => {
    const rooms = ['server/sim', 'shared']
    const playing = ['zod', 'xstate', '@marcbachmann/cel-js']
    // Reading a scenario's files takes parsers, which are as pure; playing it takes none.
    const reading = [...playing, 'yaml', 'markdown-it']
    const read = strays('server/sim/scenario', { rooms, packages: reading })
    const play = strays('server/sim', { rooms, packages: playing }).filter(
      (i) => !i.startsWith('server/sim/scenario/'),
    )
    expect([...read, ...play]).toEqual([])
  })
  test('the client imports shared, itself and packages made for browsers', () => {
    expect(strays('client', { rooms: ['client', 'shared'], packages: CLIENT_PACKAGES })).toEqual([])
  })
  test('the server never imports the client', () => {
    expect(imports.filter((i) => within('server')(i.from) && within('client')(i.to)).map(tell)).toEqual([])
  })
  test('a session knows nothing of transport, exports or commands of the shell', () => {
    const outer = within('server/transport', 'server/exports', 'server/cli', 'server/par')
    expect(imports.filter((i) => within('server/session')(i.from) && outer(i.to)).map(tell)).toEqual([])
  })
  test('stores, exports and the search for the best run know the core and no session', () => {
    const inner = within('server/store', 'server/exports', 'server/par')
    const outer = within('server/session', 'server/transport', 'server/cli')
    expect(imports.filter((i) => inner(i.from) && outer(i.to)).map(tell)).toEqual([])
  })
  test('a mechanic never imports another mechanic: they meet through facts', () => {
    const home = 'server/sim/mechanics/'
    const nameOf = (path: string) => /^([^/.]+)/.exec(path.slice(home.length))?.[1]
    const meddling = imports.filter(
      (i) =>
        i.from.startsWith(home) &&
        i.to.startsWith(home) &&
        nameOf(i.from) !== 'index' &&
        nameOf(i.from) !== nameOf(i.to),
    )
    expect(meddling.map(tell)).toEqual([])
  })
  test('a panel imports no other panel: of the client only what all panels share, stores, controls and `send`', () => {
    const panelOf = (path: string) => /^client\/panels\/([^/]+)\//.exec(path)?.[1]
    const common = (to: string) =>
      (/^client\/panels\/[^/]+$/.test(to) && !to.startsWith('client/panels/index.')) ||
      within('client/ui', 'client/store', 'shared')(to) ||
      to === 'client/net/send.ts'
    const meddling = imports.filter((i) => {
      const panel = panelOf(i.from)
      return (
        panel !== undefined &&
        (i.ours ? panelOf(i.to) !== panel && !common(i.to) : i.to === 'socket.io-client')
      )
    })
    expect(meddling.map(tell)).toEqual([])
  })
  test('the controls of the client know no game', () => {
    const game = within('client/store', 'client/net', 'client/panels', 'client/desks', 'client/screens')
    expect(imports.filter((i) => within('client/ui')(i.from) && game(i.to)).map(tell)).toEqual([])
  })
  test('nothing imports the program itself', () => {
    expect(
      imports
        .filter((i) => /^(server\/main|client\/main|server\/start|server\/rfr)\.\w+$/.test(i.to))
        .map(tell),
    ).toEqual([])
  })
})

describe('the core', () => {
  const core = sources.filter((s) => within('server/sim')(s.path))
  const FORBIDDEN = [
    [/\bnew Date\b|\bDate\.\w|\bDate\(/, 'a clock'],
    [/\bperformance\.\w/, 'a clock'],
    [/\bMath\.random\b/, 'chance without a seed'],
    [/\bcrypto\.\w/, 'chance without a seed'],
    [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, 'a timer'],
    [/\b(async|await)\b|\bPromise\b/, 'a promise'],
    [/\bconsole\.\w/, 'a log'],
    [/\bprocess\.\w/, 'the process'],
    [/\b(fetch|require)\(/, 'the outside world'],
  ] as const
  for (const what of new Set(FORBIDDEN.map(([, w]) => w))) {
    test(`holds no ${what.replace(/^(a|the) /, '')}`, () => {
      const found = core.filter((s) =>
        FORBIDDEN.some(([pattern, w]) => w === what && pattern.test(code(s.text))),
      )
      expect(found.map((s) => s.path)).toEqual([])
    })
  }
})

describe('the tree', () => {
  test('holds only the rooms there are', () => {
    const allowed = [
      'client',
      'dist',
      'data',
      'docs',
      'node_modules',
      'scenarios',
      'server',
      'shared',
      'test',
    ]
    const rooms = readdirSync(root, { withFileTypes: true }).filter(
      (e) => e.isDirectory() && !e.name.startsWith('.'),
    )
    expect(rooms.map((e) => e.name).filter((name) => !allowed.includes(name))).toEqual([])
  })
  test('holds no file of more than 300 lines', () => {
    const long = sources
      .map((s) => [s.path, s.text.trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > 300)
    expect(long).toEqual([])
  })
  test('exports by name only', () => {
    const named = sources.filter(
      (s) => within('shared', 'server', 'client')(s.path) && /^export (default\b|\*)/m.test(code(s.text)),
    )
    expect(named.map((s) => s.path)).toEqual([])
  })
  test('leaves nothing for later', () => {
    const marks = new RegExp(
      ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'coming' + ' soon'].map((m) => `\\b${m}\\b`).join('|'),
    )
    expect(sources.filter((s) => marks.test(s.text)).map((s) => s.path)).toEqual([])
  })
})
