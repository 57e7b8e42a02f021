import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Library } from '../../shared/api.ts'
import type { Checker } from '../../server/scenario/checker.ts'
import { createChecker } from '../../server/scenario/checker.ts'
import { createLibrary, type ScenarioLibrary } from '../../server/scenario/library.ts'
import { compileScenario } from '../../server/sim/scenario/compile.ts'
import { FILES, SCENARIO } from '../sim/scenario/fixture.ts'

const silent = { info: () => {}, warn: () => {} }
/** Reads in this very thread: the thread has tests of its own. */
const here: Checker = {
  check: async (source) => {
    const compiled = compileScenario(source, '')
    return compiled.ok ? compiled.warnings : compiled.findings
  },
  close: async () => {},
}

let root = ''
let open: ScenarioLibrary[] = []
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rfr-library-'))
})
afterEach(async () => {
  for (const library of open) await library.close()
  open = []
  await rm(root, { recursive: true, force: true })
})

async function put(folder: string, files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}
async function opened(options: { folders?: string[]; onChange?: () => void; checker?: Checker } = {}) {
  const library = await createLibrary({ folders: [root], log: silent, checker: here, ...options })
  open.push(library)
  return library
}
const yaml = (from: string, to: string) => ({ 'scenario.yaml': SCENARIO.replace(from, to) })

describe('the library', () => {
  test('shows what lies in its folders, without a word of what the matter is', async () => {
    await put('small-shop', FILES)
    const library = await opened()
    const { scenarios, refused } = Library.parse(library.library())
    expect(refused).toEqual([])
    expect(scenarios.map((s) => [s.codename, s.components])).toEqual([['Slow Friday', 2]])
    const text = JSON.stringify(scenarios)
    expect(text).not.toMatch(/small-shop|twenty times|slow-database|cause/i)
    const [card] = scenarios
    const scenario = library.find(card?.id ?? '')
    expect(scenario?.spec.id).toBe('small-shop')
    expect(scenario?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(library.spoilers(card?.id ?? '')?.truth).toMatch(/twenty times/)
    expect(library.find('sc_000000000000')).toBeUndefined()
    expect(library.spoilers('small-shop')).toBeUndefined()
  })

  test('keeps the public id of a scenario that is edited, and gives its new version', async () => {
    await put('small-shop', FILES)
    const library = await opened()
    const [before] = library.library().scenarios
    const first = library.find(before?.id ?? '')
    await put('small-shop', yaml('Slow Friday', 'Slow Monday'))
    await library.refresh()
    const [after] = library.library().scenarios
    expect(after).toMatchObject({ id: before?.id, codename: 'Slow Monday' })
    expect(library.find(after?.id ?? '')?.hash).not.toBe(first?.hash)
  })

  test('refuses a scenario that became faulty, and keeps its last good version for hosting', async () => {
    await put('small-shop', FILES)
    const library = await opened()
    await put('small-shop', yaml('severity: page', 'serverity: page'))
    await library.refresh()
    const { scenarios, refused } = library.library()
    expect(scenarios).toHaveLength(1)
    expect(refused.map((r) => r.folder)).toEqual(['small-shop'])
    expect(refused[0]?.findings[0]).toMatchObject({
      file: 'scenario.yaml',
      wayOut: expect.stringMatching(/severity/),
    })
    await put('small-shop', FILES)
    await library.refresh()
    expect(library.library().refused).toEqual([])
  })

  test('lists a scenario that was never right among the refused only', async () => {
    await put('broken', { 'scenario.yaml': 'format: [', 'briefing.md': 'Hello' })
    const { scenarios, refused } = (await opened()).library()
    expect(scenarios).toEqual([])
    expect(refused).toHaveLength(1)
  })

  test('refuses the second of two scenarios with the same id', async () => {
    await put('a', FILES)
    await put('b', FILES)
    const { scenarios, refused } = (await opened()).library()
    expect(scenarios).toHaveLength(1)
    expect(refused).toEqual([
      {
        folder: 'b',
        findings: [expect.objectContaining({ message: expect.stringMatching(/taken by the folder a/) })],
      },
    ])
  })

  test('forgets a scenario whose folder is gone, and lives without its folders', async () => {
    await put('small-shop', FILES)
    const library = await opened({ folders: [root, join(root, 'nowhere')] })
    await rm(join(root, 'small-shop'), { recursive: true })
    await library.refresh()
    expect(library.library()).toEqual({ scenarios: [], refused: [] })
  })

  test('follows no link out of a scenario’s folder, and reads nothing that is too large or no text', async () => {
    await put('outside', { 'secret.md': 'secret' })
    await put('small-shop', FILES)
    await symlink(join(root, 'outside/secret.md'), join(root, 'small-shop/playbooks/linked.md'))
    await put('small-shop', { 'playbooks/huge.md': 'x'.repeat(600_000) })
    await writeFile(join(root, 'small-shop/playbooks/binary.md'), new Uint8Array([0xff, 0xfe, 0x00]))
    await mkdir(join(root, 'small-shop/playbooks/folder.md'))
    const { scenarios, refused } = (await opened()).library()
    expect(scenarios).toEqual([])
    const found = refused.find((r) => r.folder === 'small-shop')?.findings.map((f) => f.file)
    expect(found).toEqual([
      'playbooks/binary.md',
      'playbooks/folder.md',
      'playbooks/huge.md',
      'playbooks/linked.md',
    ])
    expect(JSON.stringify(refused)).not.toContain('secret"')
  })

  test('is told of changes by the system', async () => {
    await put('small-shop', FILES)
    let heard: () => void = () => {}
    const changed = new Promise<void>((resolve) => {
      heard = resolve
    })
    const library = await opened({ onChange: () => heard() })
    await put('small-shop', yaml('Slow Friday', 'Slow Sunday'))
    await changed
    expect(library.library().scenarios[0]?.codename).toBe('Slow Sunday')
  })

  test('reads here, and says so, when no thread can be started', async () => {
    await put('small-shop', FILES)
    const failing: Checker = { check: () => Promise.reject(new Error('no threads')), close: async () => {} }
    expect((await opened({ checker: failing })).library().scenarios).toHaveLength(1)
  })
})

describe('the thread that reads scenarios', () => {
  const script = (code: string) =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; ${code}; parentPort.postMessage('ready')`)}`,
    )

  test('finds what the compiler finds', async () => {
    const checker = createChecker()
    try {
      expect(await checker.check({ files: FILES })).toEqual([])
      const faulty = await checker.check({
        files: { ...FILES, ...yaml('severity: page', 'serverity: page') },
      })
      expect(faulty.some((f) => f.severity === 'error')).toBe(true)
    } finally {
      await checker.close()
    }
  }, 30_000)

  test('is ended when a scenario takes too long, and begins anew for the next', async () => {
    const slow = `parentPort.on('message', (s) => { if (s.files.x === 'slow') for (;;); parentPort.postMessage([]) })`
    const checker = createChecker({ limitMs: 200, script: script(slow) })
    try {
      const [finding] = await checker.check({ files: { x: 'slow' } })
      expect(finding?.message).toMatch(/took longer/)
      expect(await checker.check({ files: { x: 'quick' } })).toEqual([])
    } finally {
      await checker.close()
    }
  })

  test('may die of a scenario without taking the server along', async () => {
    const dying = `parentPort.on('message', (s) => { if (s.files.x === 'bad') throw new RangeError('stack'); parentPort.postMessage([]) })`
    const checker = createChecker({ script: script(dying) })
    try {
      const [finding] = await checker.check({ files: { x: 'bad' } })
      expect(finding).toMatchObject({
        severity: 'error',
        message: expect.stringMatching(/could not be read/),
      })
      expect(await checker.check({ files: { x: 'good' } })).toEqual([])
    } finally {
      await checker.close()
    }
  })
})
