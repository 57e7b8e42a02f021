import type { PlaybookStep } from '../../../shared/contracts/playbooks.ts'
import { Status } from '../../ui/Status.tsx'
import styles from './playbook.module.css'

export interface Check {
  readonly when: boolean | null
  readonly done: boolean | null
}

/** The check of a step in two or three words, for the list of steps. */
export function stepVerdict(step: PlaybookStep, check: Check | undefined): string {
  if (step.done !== null && check?.done === true) return 'worked ✓'
  if (step.when === null) return ''
  if (check?.when === true) return 'applies ✓'
  if (check?.when === false) return 'does not apply ✗'
  return 'unknown'
}

/** What the step's own checks say right now, with the expressions they come from. */
export function StepChecks({
  step,
  check,
}: {
  readonly step: PlaybookStep
  readonly check: Check | undefined
}) {
  if (step.when === null && step.done === null) return null
  return (
    <dl className={styles.checks}>
      {step.when !== null && (
        <div>
          <dt>
            <Status
              level={check?.when === true ? 'good' : check?.when === false ? 'warning' : 'unknown'}
              word={
                check?.when === true
                  ? 'Applies now'
                  : check?.when === false
                    ? 'Does not apply now'
                    : 'Unknown whether it applies'
              }
            />
          </dt>
          <dd>
            <code>{step.when}</code>
          </dd>
        </div>
      )}
      {step.done !== null && (
        <div>
          <dt>
            <Status
              level={check?.done === true ? 'good' : check?.done === false ? 'warning' : 'unknown'}
              word={
                check?.done === true
                  ? 'Worked'
                  : check?.done === false
                    ? 'Has not worked yet'
                    : 'Unknown whether it worked'
              }
            />
          </dt>
          <dd>
            <code>{step.done}</code>
          </dd>
        </div>
      )}
    </dl>
  )
}
