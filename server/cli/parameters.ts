import { OPERATIONS } from '../sim/physics/operations.ts'
import {
  ATTRIBUTE_PARAMETER,
  CALL_PARAMETERS,
  CLUSTER_PARAMETERS,
  NETWORK_PARAMETERS,
  type Parameter,
  type Parameters,
  PARAMETERS,
  SERVER,
  SERVER_KINDS,
  SLICE_PARAMETERS,
  TRAFFIC_PARAMETERS,
  UNLIMITED,
  VERSION_PARAMETERS,
  ZONE_PARAMETERS,
} from '../sim/physics/parameters.ts'
import { WATCH_PARAMETERS } from '../sim/scenario/watchPaths.ts'
import type { CliCommand } from './command.ts'

const KIB = 1024
const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const
const TIMES = [
  [365 * 86_400, 'a'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
  [0.001, 'ms'],
  [0.000001, 'µs'],
] as const
const plain = (value: number): string =>
  Number(value.toPrecision(6)).toLocaleString('en', { maximumFractionDigits: 6 })

function size(value: number): string {
  let at = 0
  let rest = value
  while (rest >= KIB && at < SIZES.length - 1) {
    rest /= KIB
    at += 1
  }
  return `${plain(Number(rest.toPrecision(3)))} ${SIZES[at] ?? 'B'}`
}
function time(value: number): string {
  if (value === 0) return '0 s'
  const [unit, name] = TIMES.find(
    ([least]) => Math.abs(value) >= least && Number.isInteger(Number((value / least).toFixed(6))),
  ) ?? [1, 's']
  return `${plain(value / unit)} ${name}`
}

/** A value of a parameter as people write it. */
function said(param: Parameter, value: number): string {
  if (value === UNLIMITED) return 'no limit'
  switch (param.quantity) {
    case 'seconds':
      return time(value)
    case 'per_second':
      return `${plain(value)}/s`
    case 'bytes':
      return size(value)
    case 'bytes_per_second':
      return `${size(value)}/s`
    case 'ratio':
      return `${plain(value * 100)} %`
    case 'flag':
      return value === 1 ? 'on' : 'off'
    default:
      return plain(value)
  }
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`)

function table(parameters: Parameters): string {
  const lines = Object.entries(parameters).map(([name, param]) =>
    row([
      `\`${name}\``,
      cell(`${param.describe}${param.fixed ? ' (fixed when the exercise is opened)' : ''}`),
      said(param, param.default),
      param.quantity === 'flag' ? 'on, off' : `${said(param, param.min)} … ${said(param, param.max)}`,
      cell(param.source ?? ''),
    ]),
  )
  return [
    row(['Name', 'What it is', 'Default', 'Range', 'Where the default comes from']),
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

/** What a kind of component has of its own, or with another default than most. */
const special = (kind: keyof typeof PARAMETERS): Parameters =>
  Object.fromEntries(
    Object.entries(PARAMETERS[kind]).filter(([name, param]) => {
      const shared: Parameter | undefined = Object.hasOwn(SERVER, name)
        ? SERVER[name as keyof typeof SERVER]
        : undefined
      return shared === undefined || shared.default !== param.default
    }),
  )

/** Every parameter and operation of the simulated system as a Markdown page: names, units, defaults and their sources, ranges. */
export function parametersPage(): string {
  const operations = Object.entries(OPERATIONS).map(([name, operation]) =>
    row([
      `\`${name}\``,
      cell(operation.describe),
      'sources' in operation
        ? 'traffic'
        : operation.kinds.length === SERVER_KINDS.length
          ? 'all'
          : operation.kinds.join(', '),
    ]),
  )
  return [
    '# Parameters of the simulated system',
    'This page is printed by `npm run rfr -- parameters`; a test keeps it true. Values are written with their units: `40ms`, `900/s`, `2GiB`, `99.9%`. A dotted name is a nested object in YAML (`memory: {limit: 2GiB}`) and part of the path of an effect (`web.memory.limit`). The linter refuses what is outside the range. Defaults without a source are round numbers for a small company.',
    '## Every component',
    'Paths: `web.service_time`; of the instances in one zone or group alone: `web.zones.fra-a.service_time`, `web.groups.n7.service_time`.',
    table(SERVER),
    ...SERVER_KINDS.flatMap((kind) => {
      const own = special(kind)
      return Object.keys(own).length === 0
        ? []
        : [`## Kind \`${kind}\``, 'What it has besides, or with another default.', table(own)]
    }),
    '## Calls',
    'Path: `web.calls.db.timeout`.',
    table(CALL_PARAMETERS),
    '## Versions',
    'Path: `web.versions.v42.errors.500`.',
    table(VERSION_PARAMETERS),
    '## Slices',
    'Part of a component’s requests: `slices: {big-imports: {from: [partners], where: {tenant: acme, zone: fra-a}}}`. Path: `web.slices.big-imports.errors.500`.',
    table(SLICE_PARAMETERS),
    '## Traffic',
    'Path: `traffic.shoppers.rate`.',
    table(TRAFFIC_PARAMETERS),
    'Of each value of an attribute (`attributes: {tenant: {acme: 30%, others: 70%}}`), by its own name: `traffic.shoppers.attributes.tenant.acme`.',
    table({ 'the value': ATTRIBUTE_PARAMETER }),
    '## Zones',
    'Path: `zones.fra-a.up`.',
    table(ZONE_PARAMETERS),
    '## Network',
    'Path: `network.region`.',
    table(NETWORK_PARAMETERS),
    '## Cluster',
    'Path: `cluster.slots`.',
    table(CLUSTER_PARAMETERS),
    '## What watches the system',
    'Paths as they stand, for effects and for the game master. A scenario writes the delay of its own alert path under `alerting`.',
    table(WATCH_PARAMETERS),
    '## Operations',
    'One-shot changes of state, for mitigations, states of an incident and the game master.',
    [row(['Name', 'What it does', 'Kinds']), '| --- | --- | --- |', ...operations].join('\n'),
    '',
  ].join('\n\n')
}

/** `rfr parameters`: everything that can be set in the simulated system. */
export const parameters: CliCommand = (program, shell) => {
  program
    .command('parameters')
    .summary('print every parameter of the simulated system, with default, range and source')
    .description('Prints docs/parameters.md: every parameter and operation of the simulated system.')
    .action(() => {
      shell.out(parametersPage())
    })
}
