import type { ASTNode } from '@marcbachmann/cel-js'
import { closest, echo, wayOutOf } from './suggest.ts'
import type { Read } from './expression.ts'
import { FUNCTIONS, WINDOWS } from './expressionFunctions.ts'

/** The names an expression may use. */
export interface Metrics {
  readonly names: readonly string[]
  columnOf(name: string): number | undefined
}

type Value = number | boolean | null
/** A part of an expression, ready to run: what it gives, what it reads, how far back it looks. */
export interface Code {
  readonly type: 'number' | 'boolean'
  readonly columns: readonly number[]
  readonly horizonMs: number
  run(this: void, read: Read): Value
}

/** What is wrong with an expression, as a throw inside the compiler only: `compileExpression` turns it into a value. */
export class Fault extends Error {
  readonly offset: number
  readonly wayOut: string
  constructor(offset: number, message: string, wayOut: string) {
    super(message)
    this.offset = offset
    this.wayOut = wayOut
  }
}

/** The longest window an expression may look back over: what is simulated before play. */
export const LONGEST_WINDOW_MS = 3_600_000

const code = (type: Code['type'], parts: readonly Code[], run: Code['run']): Code => ({
  type,
  columns: parts.flatMap((p) => p.columns),
  horizonMs: Math.max(0, ...parts.map((p) => p.horizonMs)),
  run,
})

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}
const NOUN = { number: 'a number', boolean: 'true or false' } as const

/** Compiles a CEL syntax tree into closures. Throws {@link Fault}. */
export function compileTree(tree: ASTNode, metrics: Metrics): Code {
  const both = (args: readonly [ASTNode, ASTNode], type: Code['type'], op: string): [Code, Code] => [
    typed(args[0], type, op),
    typed(args[1], type, op),
  ]
  function typed(node: ASTNode, type: Code['type'], op: string): Code {
    const made = compile(node)
    if (made.type !== type)
      throw new Fault(
        node.start,
        `\`${op}\` needs ${NOUN[type]} here, but this is ${NOUN[made.type]}`,
        type === 'boolean'
          ? 'Compare it with something: `… > 0.9`.'
          : 'Write `… ? 1 : 0` to count a condition.',
      )
    return made
  }

  function metric(node: ASTNode): Code {
    const name = nameOf(node)
    if (name === undefined) throw unsupported(node)
    const column = metrics.columnOf(name)
    if (column === undefined)
      throw new Fault(node.start, `there is no metric \`${echo(name)}\``, metricWayOut(name, metrics.names))
    return { type: 'number', columns: [column], horizonMs: 0, run: (read) => read.latest(column) }
  }

  function call(node: ASTNode, name: string, args: readonly ASTNode[]): Code {
    const window = WINDOWS[name]
    if (window) {
      const [over, length] = args
      if (!over || !length || args.length > 2)
        throw new Fault(node.start, `\`${name}\` takes a metric and a time`, `Write \`${name}(db.cpu, 5m)\`.`)
      const seconds = length.op === 'value' ? Number(length.args) : Number.NaN
      const ms = Math.round(seconds * 1000)
      if (!(ms > 0 && ms <= LONGEST_WINDOW_MS))
        throw new Fault(
          length.start,
          `\`${name}\` needs a time between 1s and 1h as it is written`,
          `Write \`${name}(…, 5m)\`.`,
        )
      if (nameOf(over) === undefined)
        throw new Fault(
          over.start,
          `\`${name}\` looks back over one metric, not over a calculation`,
          'Make the calculation a custom metric and look back over that.',
        )
      const { columns } = metric(over)
      const [column = 0] = columns
      const horizonMs = ms + window.marginMs
      return {
        type: 'number',
        columns,
        horizonMs,
        run: (read) => finite(window.of(read.window(column, horizonMs))),
      }
    }
    if (name === 'has') {
      const [of] = args
      if (!of || args.length > 1)
        throw new Fault(node.start, '`has` takes one metric', 'Write `has(db.cpu)`.')
      const made = compile(of)
      return code('boolean', [made], (read) => made.run(read) !== null)
    }
    const fn = FUNCTIONS[name]
    if (!fn)
      throw new Fault(
        node.start,
        `there is no function \`${echo(name)}\``,
        wayOutOf(name, ['has', ...Object.keys(WINDOWS), ...Object.keys(FUNCTIONS)], 'functions'),
      )
    if (args.length < fn.least || args.length > fn.most)
      throw new Fault(
        node.start,
        `\`${name}\` takes ${fn.least === fn.most ? fn.least : `${fn.least} or more`} numbers`,
        `Write \`${fn.example}\`.`,
      )
    const parts = args.map((a) => typed(a, 'number', name))
    return code('number', parts, (read) => {
      const values: number[] = []
      for (const part of parts) {
        const v = part.run(read)
        if (typeof v !== 'number') return null
        values.push(v)
      }
      return finite(fn.of(values))
    })
  }

  function compile(node: ASTNode): Code {
    switch (node.op) {
      case 'value': {
        const value = node.args
        if (typeof value === 'boolean') return code('boolean', [], () => value)
        if (typeof value !== 'number' && typeof value !== 'bigint')
          throw new Fault(
            node.start,
            'only numbers, true and false can be written here',
            'Metrics are numbers: compare them with numbers.',
          )
        const number = Number(value)
        return code('number', [], () => number)
      }
      case 'id':
      case '.':
        return metric(node)
      case 'call':
        return call(node, node.args[0], node.args[1])
      case '!_': {
        const of = typed(node.args, 'boolean', '!')
        return code('boolean', [of], (read) => {
          const v = of.run(read)
          return v === null ? null : v === false
        })
      }
      case '-_': {
        const of = typed(node.args, 'number', '-')
        return code('number', [of], (read) => {
          const v = of.run(read)
          return typeof v === 'number' ? -v : null
        })
      }
      case '&&':
      case '||': {
        const [a, b] = both(node.args, 'boolean', node.op)
        const decides = node.op === '||'
        return code('boolean', [a, b], (read) => {
          const x = a.run(read)
          if (x === decides) return decides
          const y = b.run(read)
          if (y === decides) return decides
          return x === null || y === null ? null : !decides
        })
      }
      case '?:': {
        const test = typed(node.args[0], 'boolean', '?')
        const yes = compile(node.args[1])
        const no = typed(node.args[2], yes.type, ':')
        return code(yes.type, [test, yes, no], (read) => {
          const t = test.run(read)
          return t === null ? null : t === true ? yes.run(read) : no.run(read)
        })
      }
      case '==':
      case '!=': {
        const a = compile(node.args[0])
        const b = typed(node.args[1], a.type, node.op)
        const equal = node.op === '=='
        return code('boolean', [a, b], (read) => {
          const x = a.run(read)
          const y = b.run(read)
          return x === null || y === null ? null : (x === y) === equal
        })
      }
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const [a, b] = both(node.args, 'number', node.op)
        const compare = COMPARE[node.op]
        return code('boolean', [a, b], (read) => {
          const x = a.run(read)
          const y = b.run(read)
          return typeof x === 'number' && typeof y === 'number' && compare ? compare(x, y) : null
        })
      }
      case '+':
      case '-':
      case '*':
      case '/':
      case '%': {
        const [a, b] = both(node.args, 'number', node.op)
        const reckon = ARITHMETIC[node.op]
        return code('number', [a, b], (read) => {
          const x = a.run(read)
          const y = b.run(read)
          return typeof x === 'number' && typeof y === 'number' && reckon ? finite(reckon(x, y)) : null
        })
      }
      default:
        throw unsupported(node)
    }
  }
  return compile(tree)
}

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null

const unsupported = (node: ASTNode) =>
  new Fault(
    node.start,
    `\`${node.op}\` is not used in scenario expressions`,
    'They know metrics, numbers, true, false, + - * / %, comparisons, && || ! and ?:, and functions like avg_over(x, 5m).',
  )

/** `a.b.c` as one name; undefined when the node is something else. */
function nameOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args
  if (node.op !== '.') return undefined
  const of = nameOf(node.args[0])
  return of === undefined ? undefined : `${of}.${node.args[1]}`
}

/** The metric that was probably meant: close as a whole, or else one of the same component. */
export function metricWayOut(name: string, names: readonly string[]): string {
  const meant = closest(name, names)
  if (meant !== undefined) return `Did you mean \`${meant}\`?`
  const prefix = `${name.split('.').slice(0, -1).join('.')}.`
  const siblings = names.filter((n) => n.startsWith(prefix))
  if (siblings.length > 0) {
    const last = name.slice(prefix.length)
    const like = closest(
      last,
      siblings.map((s) => s.slice(prefix.length)),
    )
    return like === undefined
      ? wayOutOf(name, siblings, 'metrics there')
      : `Did you mean \`${prefix}${like}\`?`
  }
  const owners = [...new Set(names.map((n) => n.slice(0, n.lastIndexOf('.'))))]
  return wayOutOf(prefix.slice(0, -1) || name, owners, 'components')
}
