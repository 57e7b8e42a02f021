import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Command, Fact, RoleView, SeatView } from '../../shared/contracts/index.ts'
import type { Settings } from '../../shared/contracts/lifecycle.ts'
import { CommandId, SeatId, simMs, wallMs } from '../../shared/ids.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import type { Role } from '../../shared/roles.ts'
import { compileScenario } from '../../server/sim/scenario/compile.ts'
import type { Input, Sample, Stepped, TimedFact } from '../../server/sim/input.ts'
import type { Scenario, ScenarioSource } from '../../server/sim/scenario/scenario.ts'
import { createSim, type Sim } from '../../server/sim/sim.ts'
import type { World } from '../../server/sim/world.ts'

const SCENARIOS = join(import.meta.dirname, '../../scenarios')
export const SHIPPED = readdirSync(SCENARIOS).filter((f) => statSync(join(SCENARIOS, f)).isDirectory())

/** The files of a shipped scenario. */
export function sourceOf(slug: string): ScenarioSource {
  const root = join(SCENARIOS, slug)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(yaml|md)$/.test(f))
  return {
    files: Object.fromEntries(files.map((f) => [relative('.', f), readFileSync(join(root, f), 'utf8')])),
  }
}

/** A scenario ready to play; the test fails with its findings when it is refused. */
export function compiled(source: ScenarioSource): Scenario {
  const hash = createHash('sha256').update(JSON.stringify(source)).digest('hex')
  const result = compileScenario(source, hash)
  if (!result.ok)
    throw new Error(
      result.findings.map((f) => `${f.file}:${f.line}:${f.column} ${f.message} (${f.wayOut})`).join('\n'),
    )
  return result.scenario
}

const sims = new Map<string, Sim>()
/** The sim of a shipped scenario, compiled once for each test file. */
export function simOf(slug: string): Sim {
  const sim = sims.get(slug) ?? createSim(compiled(sourceOf(slug)))
  sims.set(slug, sim)
  return sim
}

export const minutes = (n: number) => n * 60_000
export const seconds = (n: number) => n * 1000
const WALL = 1_700_000_000_000

/** The seat that stands for a role in tests. */
export const seatOf = (role: Role): SeatId => SeatId.parse(`st_seat0of${role}`)

export interface Played {
  /** The seat of this role asks; the test fails if it is refused. */
  as(role: Role): {
    does(command: Command): Played
    isRefused(command: Command, code: RefusalCode): Played
    sees(): RoleView
    has(): SeatView
  }
  /** Exercise time passes (only while running). */
  after(ms: number): Played
  /** Through lobby and briefing into play. */
  started(): Played
  readonly sim: Sim
  readonly world: World
  readonly log: readonly { readonly input: Input; readonly facts: readonly TimedFact[] }[]
  readonly facts: readonly Fact[]
  readonly samples: readonly Sample[]
  /** The newest value of a metric. */
  metric(name: string): number | null
  /** What a metric was at each sample since play started. */
  history(name: string): (number | null)[]
}

export const AUTOMATIC: Settings = { lead: 'automatic', dice: 'off', approval: 'none' }
export const LED: Settings = { lead: 'human', dice: 'off', approval: 'none' }

/** An exercise played by hand, with a seat for each role: `exercise('cold-cache').started().after(minutes(5))`. */
export function exercise(
  scenario: string | Sim,
  o: { settings?: Settings; seed?: number; roles?: readonly Role[] } = {},
): Played {
  const sim = typeof scenario === 'string' ? simOf(scenario) : scenario
  const log: { input: Input; facts: readonly TimedFact[] }[] = []
  const samples: Sample[] = []
  let wall = WALL
  let ids = 0
  const tick = () => wallMs((wall += 1000))
  const input: Input = {
    type: 'open',
    wall: tick(),
    name: 'Test',
    joinCode: 'ABCD-EFGH',
    seed: o.seed ?? 7,
    settings: o.settings ?? LED,
  }
  const opened = sim.open(input)
  let world = opened.world
  const keep = (i: Input, s: Stepped) => {
    if (!s.ok) return s
    world = s.world
    log.push({ input: i, facts: s.facts })
    samples.push(...s.samples)
    return s
  }
  keep(input, opened)
  const apply = (i: Input) => keep(i, sim.step(world, i))
  for (const role of o.roles ??
    (['gm', 'commander', 'operations', 'communications', 'scribe', 'observer'] as const)) {
    apply({ type: 'join', wall: tick(), seat: seatOf(role), name: role, roles: [role] })
  }
  const ask = (role: Role, command: Command) =>
    apply({
      type: 'command',
      wall: tick(),
      seat: seatOf(role),
      id: CommandId.parse(`command-${++ids}`),
      command,
    })
  const lead = (): Role => ((o.settings ?? LED).lead === 'human' ? 'gm' : 'commander')
  const played: Played = {
    as: (role) => ({
      does(command) {
        const s = ask(role, command)
        if (!s.ok) throw new Error(`${role} was refused ${command.type}: ${s.code} ${s.where ?? ''}`)
        return played
      },
      isRefused(command, code) {
        const s = ask(role, command)
        if (s.ok || s.code !== code)
          throw new Error(`${role} asked ${command.type}: expected ${code}, got ${s.ok ? 'ok' : s.code}`)
        return played
      },
      sees: () => sim.view(world, role),
      has: () => sim.mine(world, seatOf(role)),
    }),
    after(ms) {
      const s = apply({ type: 'advance', wall: tick(), to: simMs(world.now + ms) })
      if (!s.ok) throw new Error(`time does not pass: ${s.code}`)
      return played
    },
    started() {
      ask(lead(), { type: 'lifecycle.brief' })
      ask(lead(), { type: 'lifecycle.start' })
      return played
    },
    sim,
    get world() {
      return world
    },
    log,
    get facts() {
      return log.flatMap((e) => e.facts.map((f) => f.fact))
    },
    samples,
    metric(name) {
      const column = sim.scenario.columnOf(name)
      if (column === undefined) throw new Error(`no metric ${name}`)
      return samples.at(-1)?.values[column] ?? null
    },
    history(name) {
      const column = sim.scenario.columnOf(name)
      if (column === undefined) throw new Error(`no metric ${name}`)
      return samples.filter((s) => s.at > 0).map((s) => s.values[column] ?? null)
    },
  }
  return played
}

/** Carries out a mitigation as operations and waits until its work is done. */
export function mitigate(
  e: Played,
  mitigation: string,
  params: Record<string, number | string> = {},
): Played {
  const propose: Command = { type: 'mitigations.propose', mitigation, params, reason: 'test', cite: null }
  e.as('operations').does(propose)
  const run = e.as('operations').sees().mitigations?.runs.at(-1)
  if (!run) throw new Error('the proposal is not there')
  e.as('operations').does({ type: 'mitigations.commit', run: run.id })
  const spec = e.sim.scenario.spec.mitigations[mitigation]
  return e.after((spec?.takes ?? 0) + 1000)
}
