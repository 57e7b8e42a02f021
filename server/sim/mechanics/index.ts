import type { MechanicName } from '../../../shared/contracts/index.ts'
import type { Mechanic } from '../mechanic.ts'
import { alerts } from './alerts.ts'
import { comms } from './comms.ts'
import { faults } from './faults.ts'
import { hints } from './hints.ts'
import { hotwash } from './hotwash.ts'
import { incident } from './incident.ts'
import { injects } from './injects.ts'
import { lifecycle } from './lifecycle.ts'
import { mitigations } from './mitigations.ts'
import { notes } from './notes.ts'
import { objectives } from './objectives.ts'
import { playbooks } from './playbooks.ts'
import { response } from './response.ts'
import { seats } from './seats.ts'
import { system } from './system.ts'
import { timeline } from './timeline.ts'

/** Every mechanic by the name of its contract. */
export const mechanics = {
  lifecycle,
  seats,
  incident,
  system,
  objectives,
  alerts,
  mitigations,
  playbooks,
  injects,
  faults,
  hints,
  comms,
  response,
  notes,
  hotwash,
  timeline,
  // Each entry has a state of its own; what they share is the shape.
  // oxlint-disable-next-line typescript/no-explicit-any
} satisfies { readonly [M in MechanicName]: Mechanic<M, any> }
