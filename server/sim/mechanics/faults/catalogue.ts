import type { FaultInfo } from '../../../../shared/contracts/faults.ts'
import { COMPONENT_FAULTS } from './componentFaults.ts'
import type { Fault } from './fault.ts'
import { KIND_FAULTS } from './kindFaults.ts'
import { CALL_FAULTS, PLACE_FAULTS, TRAFFIC_FAULTS } from './pathFaults.ts'

/** Every fault by its id, in the order in which they are offered. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  ...COMPONENT_FAULTS,
  ...KIND_FAULTS,
  ...CALL_FAULTS,
  ...TRAFFIC_FAULTS,
  ...PLACE_FAULTS,
}
/** Own keys only: a name from outside must not reach what every object has. */
export const faultOf = (id: string): Fault | undefined => (Object.hasOwn(FAULTS, id) ? FAULTS[id] : undefined)

/** The catalogue as people read it. */
export const FAULT_LIST: readonly FaultInfo[] = Object.entries(FAULTS).map(
  ([id, { title, describe, amount, changes }]) => ({
    id,
    title,
    describe,
    amount,
    instant: changes.length === 0,
  }),
)
