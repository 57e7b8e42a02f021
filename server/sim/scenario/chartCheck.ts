import { DEEPEST, MOST_STATES } from './chartSchema.ts'
import {
  around,
  type ChartNode,
  type Edge,
  entered,
  initialOf,
  type Path,
  targetOf,
  within,
} from './chartTree.ts'
import type { Findings, Place } from './places.ts'
import { echo, wayOutOf } from './suggest.ts'

export interface ChartContext {
  readonly findings: Findings
  /** The place of something in the chart; `key`: of its name rather than of its value. */
  readonly place: (path: Path, key?: boolean) => Place
  readonly kind: 'incident' | 'drill' | 'sandbox'
  /** Events that conditions, mitigations and injects send. */
  readonly sent: readonly string[]
  /** Events of conditions alone. */
  readonly conditions: readonly string[]
}

const RESERVED = ['__proto__', 'constructor', 'prototype']
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Looks for what no schema could be asked about safely: reserved names, too deep nesting, too many states. True: it may be parsed. */
export function checkRaw(chart: unknown, { findings, place }: ChartContext): boolean {
  let ok = true
  let states = 0
  const fail = (path: Path, message: string, wayOut: string) => {
    ok = false
    findings.error(place(path, true), message, wayOut)
  }
  function walk(value: unknown, path: Path, depth: number, nested: number) {
    if (!isObject(value) || !ok) return
    if (nested > DEEPEST * 2 + 24)
      return fail(path, 'the chart is nested too deep', `Use at most ${DEEPEST} levels of states.`)
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key]
      if (RESERVED.includes(key)) return fail(at, `\`${key}\` is a reserved name`, 'Give it another name.')
      const isStates = key === 'states' && isObject(inner)
      if (isStates) states += Object.keys(inner).length
      if (states > MOST_STATES)
        return fail(
          at,
          `the chart has more than ${MOST_STATES} states`,
          'Leave out states that change nothing.',
        )
      if (isStates && depth >= DEEPEST)
        return fail(
          at,
          `states are nested more than ${DEEPEST} levels deep`,
          'Put regions beside one another with `type: parallel`.',
        )
      walk(inner, at, isStates ? depth + 1 : depth, nested + 1)
    }
  }
  walk(chart, [], 0, 0)
  return ok
}

/** Resolves targets and initial states. False: something is missing, and nothing further can be said about the chart. */
export function checkStates(root: ChartNode, { findings, place }: ChartContext): boolean {
  let ok = true
  const fail = (at: Place, message: string, wayOut: string) => {
    ok = false
    findings.error(at, message, wayOut)
  }
  const ids = new Set<string>()
  for (const node of within(root)) {
    const { state, path, children, kind } = node
    if (ids.has(node.id))
      fail(place(path, true), `two states have the id \`${echo(node.id)}\``, 'Give one of them another id.')
    ids.add(node.id)
    const names = children.map((c) => c.key)
    if (state.type === 'final' && children.length > 0)
      fail(
        place([...path, 'type']),
        'a final state has no states inside',
        'Leave out `type: final` or `states`.',
      )
    if ((state.type === 'parallel' || state.type === 'compound') && children.length === 0)
      fail(
        place([...path, 'type']),
        `a ${state.type} state needs states inside`,
        'Add `states`, or leave out `type`.',
      )
    if (state.type === 'atomic' && children.length > 0)
      fail(place([...path, 'type']), 'an atomic state has no states inside', 'Leave out `type`.')
    if (state.initial === undefined && kind === 'compound')
      fail(
        place(path, path.length > 0),
        `it is not said in which state \`${echo(node.key)}\` begins`,
        `Add \`initial: ${names[0] ?? ''}\`.`,
      )
    else if (state.initial !== undefined && kind !== 'compound')
      fail(
        place([...path, 'initial']),
        `\`initial\` means nothing in ${kind === 'parallel' ? 'a parallel state: all its regions begin at once' : 'a state without states'}`,
        'Leave it out.',
      )
    else if (state.initial !== undefined && !initialOf(node))
      fail(
        place([...path, 'initial']),
        `there is no state \`${echo(state.initial)}\` to begin in`,
        wayOutOf(state.initial, names, 'states here'),
      )
    for (const edge of node.edges) {
      for (const target of edge.targets) {
        const found = targetOf(node, target)
        if ('node' in found) edge.to.push(found.node)
        else
          fail(
            place(edge.path),
            `there is no state \`${echo(target)}\` to go to`,
            found.meant === undefined
              ? 'Name a state beside this one, `.child` for one inside, or `#id` for any.'
              : `Did you mean \`${found.meant}\`?`,
          )
      }
      if (edge.trigger === 'always' && edge.targets.length === 0)
        fail(place(edge.path), '`always` leads nowhere', 'Give it a target.')
    }
    const delays = node.edges.filter((e) => e.trigger === 'after')
    for (const edge of delays) {
      const twin = delays.find((e) => e.delayMs === edge.delayMs && e.event !== edge.event)
      if (twin && twin.event < edge.event)
        fail(
          place(edge.path, true),
          `\`${edge.event}\` and \`${twin.event}\` are the same delay`,
          'Join them into one list.',
        )
    }
  }
  return ok
}

// Timers shorter than this make a chart that runs in circles a storm.
const SHORT_MS = 1000

/** Circles that would never end within one moment: `always` and hardly delayed transitions that lead back to themselves. */
export function checkCircles(root: ChartNode, { findings, place }: ChartContext): boolean {
  const nodes = within(root)
  const quick = (e: Edge) => e.trigger === 'always' || (e.trigger === 'after' && e.delayMs < SHORT_MS)
  // After a transition, whatever is active at its target takes part: what was entered, and all around it.
  const next = (e: Edge): Edge[] =>
    e.to.flatMap((to) => [...entered(to), ...around(to)].flatMap((n) => n.edges.filter(quick)))
  const state = new Map<Edge, 'open' | 'done'>()
  let ok = true
  function visit(edge: Edge) {
    state.set(edge, 'open')
    for (const after of next(edge)) {
      const seen = state.get(after)
      if (seen === 'open') {
        ok = false
        const what = after.trigger === 'always' ? '`always`' : `\`after: ${after.event}\``
        findings.error(
          place(after.path),
          `${what} of \`${echo(after.from.key)}\` leads back to itself without time passing`,
          'Let at least one second pass somewhere in the circle, or leave on an event of a condition.',
        )
      } else if (seen === undefined) visit(after)
    }
    state.set(edge, 'done')
  }
  for (const edge of nodes.flatMap((n) => n.edges.filter(quick))) if (!state.has(edge)) visit(edge)
  return ok
}

/** Every state that can become active at all, guards left aside. */
function reachable(root: ChartNode): Set<ChartNode> {
  const found = new Set<ChartNode>()
  const queue: ChartNode[] = []
  const enter = (node: ChartNode) => {
    for (const one of entered(node)) add(one)
    for (let at: ChartNode = node; at.parent; at = at.parent) {
      // The other regions of a parallel state around it begin, too.
      if (at.parent.kind === 'parallel' && !found.has(at.parent))
        for (const one of entered(at.parent)) add(one)
      add(at.parent)
    }
  }
  const add = (node: ChartNode) => {
    if (found.has(node)) return
    found.add(node)
    queue.push(node)
  }
  enter(root)
  for (let node = queue.pop(); node; node = queue.pop())
    for (const edge of node.edges) for (const to of edge.to) enter(to)
  return found
}

const CAUSE = 'cause-present'
const hasCause = (node: ChartNode) => [...entered(node), ...around(node)].some((n) => n.tags.includes(CAUSE))

/** What the chart means: states nobody reaches, events nobody sends, and whether the cause can come and go. */
export function checkMeaning(root: ChartNode, { findings, place, kind, sent, conditions }: ChartContext) {
  const nodes = within(root)
  const active = reachable(root)
  for (const node of nodes)
    if (!active.has(node) && (!node.parent || active.has(node.parent)))
      findings.warning(
        place(node.path, true),
        `the state \`${echo(node.key)}\` is never reached`,
        'Lead a transition to it, or leave it out.',
      )

  for (const edge of nodes.flatMap((n) => n.edges))
    if (edge.trigger === 'on' && !sent.includes(edge.event))
      findings.warning(
        place([...edge.from.path, 'on', edge.event], true),
        `nothing sends \`${edge.event}\`: only the game master by hand can`,
        sent.length > 0
          ? wayOutOf(edge.event, sent, 'events')
          : 'Add it to `incident.conditions`, or send it as `event` of a mitigation or an inject.',
      )

  const causes = nodes.filter((n) => n.tags.includes(CAUSE))
  const severity = kind === 'incident' ? 'error' : 'warning'
  if (causes.length === 0) {
    if (kind === 'incident')
      findings.error(
        place(['states'], true),
        `no state has the tag \`${CAUSE}\``,
        `Add \`tags: [${CAUSE}]\` to the states in which the cause is there.`,
      )
    return
  }
  const leaving = (node: ChartNode) =>
    [...within(node), ...around(node).slice(1)]
      .flatMap((n) => n.edges)
      .filter((e) => e.to.length > 0 && !e.to.some((to) => hasCause(to)))
  const first = causes[0] ?? root
  if (!causes.some((c) => leaving(c).some((e) => e.trigger === 'on' && conditions.includes(e.event))))
    findings[severity](
      place(first.path, first.path.length > 0),
      `no condition leads out of the states tagged \`${CAUSE}\`, so a fix that nobody foresaw would not count`,
      'Add a condition on the true system to `incident.conditions` and take its event `on` that state.',
    )
  for (const node of causes) {
    const seen = new Set<ChartNode>()
    const open = [node]
    let out = false
    for (let at = open.pop(); at && !out; at = open.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      out = leaving(at).length > 0
      for (const edge of [...within(at), ...around(at)].flatMap((n) => n.edges)) open.push(...edge.to)
    }
    if (!out && kind === 'incident')
      findings.warning(
        place(node.path, true),
        `once in \`${echo(node.key)}\`, the cause never goes away`,
        'Lead a transition to a state without the cause.',
      )
  }
}
