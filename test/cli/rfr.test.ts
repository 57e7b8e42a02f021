import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProgram } from '../../server/cli/program.ts'
import { FILES, SCENARIO } from '../sim/scenario/fixture.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'rfr-cli-'))
})
afterEach(() => rm(cwd, { recursive: true, force: true }))

async function put(folder: string, files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(cwd, folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}
async function rfr(...args: string[]) {
  let text = ''
  let code = 0
  const program = createProgram({
    cwd,
    colours: false,
    out: (more) => {
      text += more
    },
    exit: (with_) => {
      code = with_
    },
  }).exitOverride()
  for (const command of program.commands) command.exitOverride()
  await program.parseAsync(args, { from: 'user' }).catch((err: { exitCode?: number }) => {
    code = err.exitCode ?? 99
  })
  return { text, code }
}
const FAULTY = { ...FILES, 'scenario.yaml': SCENARIO.replace('severity: page', 'serverity: page') }

describe('rfr lint', () => {
  test('is content with a scenario that has no findings', async () => {
    await put('scenarios/shop', FILES)
    expect(await rfr('lint')).toEqual({ text: '1 scenario: 0 errors, 0 warnings.\n', code: 0 })
    expect((await rfr('lint', 'scenarios/shop')).code).toBe(0)
    expect((await rfr('lint', 'scenarios/shop/scenario.yaml')).code).toBe(0)
  })
  test('prints file, line, column and a way out, and ends with 1', async () => {
    await put('scenarios/shop', FAULTY)
    const { text, code } = await rfr('lint')
    const line = FAULTY['scenario.yaml'].split('\n').findIndex((l) => l.includes('serverity')) + 1
    expect(text).toMatch(new RegExp(`^scenarios/shop/scenario\\.yaml:${line}:5 error .*serverity`, 'm'))
    expect(text).toMatch(/^ {4}Did you mean `severity`\?$/m)
    expect(text).toMatch(/1 scenario: \d errors?, 0 warnings\.\n$/)
    expect(code).toBe(1)
  })
  test('prints JSON for other programs', async () => {
    await put('scenarios/shop', FAULTY)
    const findings: unknown = JSON.parse((await rfr('lint', '--json')).text)
    expect(findings).toContainEqual(
      expect.objectContaining({ file: 'scenarios/shop/scenario.yaml', severity: 'error' }),
    )
  })
  test('says so when there is nothing to check', async () => {
    expect(await rfr('lint', 'nowhere')).toMatchObject({
      code: 2,
      text: expect.stringMatching(/no scenario in nowhere/),
    })
  })
})

describe('rfr', () => {
  test('explains itself and its commands', async () => {
    expect((await rfr('--help')).text).toMatch(/lint .*\n.*schema/s)
    expect((await rfr('lint', '--help')).text).toMatch(/--strict/)
  })
  test('suggests the command that was meant', async () => {
    const { text, code } = await rfr('lnt')
    expect(text).toMatch(/lint/)
    expect(code).toBe(1)
  })
  test('prints the format as JSON Schema, the chart with its states in it', async () => {
    const schema: unknown = JSON.parse((await rfr('schema')).text)
    expect(schema).toMatchObject({
      type: 'object',
      properties: { incident: { properties: { chart: { properties: { states: { type: 'object' } } } } } },
    })
    expect(JSON.stringify(schema)).toContain('What holds while the state is active')
  })
})
