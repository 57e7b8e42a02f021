import type { RoleView } from '../../../shared/contracts/index.ts'

/** Who or what an effect comes from, in words: `state:sick.cold` is a state of the incident, `fault:fault-3` a hand. */
export function sourceWords(source: string, views: RoleView): string {
  const at = source.indexOf(':')
  const [kind, id] = [source.slice(0, at), source.slice(at + 1)]
  const run = views.mitigations?.runs.find((r) => r.id === id)
  switch (kind) {
    case 'state':
      return `the incident: ${views.incident?.nodes.find((n) => n.id === id)?.title ?? id}`
    case 'mitigation':
      return `an action: ${views.mitigations?.catalogue.find((m) => m.id === id)?.title ?? id}`
    case 'during':
      return `while it is carried out: ${run?.title ?? id}`
    case 'inject':
      return `an inject: ${views.injects?.list.find((i) => i.id === id)?.title ?? id}`
    case 'fault':
      return 'your hand'
    default:
      return source
  }
}
