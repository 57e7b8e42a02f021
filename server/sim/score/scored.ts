import type { Cite } from '../../../shared/contracts/mitigations.ts'
import type { Playbook } from '../../../shared/contracts/playbooks.ts'
import type { ScenarioSpec } from '../scenario/schema.ts'

/** What a record reads of a scenario; every compiled scenario is one. */
export interface ScoredScenario {
  readonly hash: string
  readonly spec: Pick<
    ScenarioSpec,
    | 'id'
    | 'title'
    | 'codename'
    | 'company'
    | 'version'
    | 'level'
    | 'kind'
    | 'minutes'
    | 'objectives'
    | 'slos'
    | 'mitigations'
    | 'injects'
    | 'scoring'
    | 'debrief'
  > & { readonly incident: Pick<ScenarioSpec['incident'], 'truth'> }
  readonly chartView: { readonly nodes: readonly { readonly id: string; readonly title: string }[] }
  readonly playbooks: readonly { readonly view: Playbook }[]
  /** Where each alerting rule links to, by the rule's id. */
  readonly alertPlaybooks: Readonly<
    Record<string, { readonly book: Cite['book']; readonly step: string | null } | null | undefined>
  >
}
