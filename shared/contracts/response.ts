import { z } from 'zod'
import { SeatId, SimMs } from '../ids.ts'
import { line } from '../text.ts'

export const SEVERITIES = ['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'] as const
export const Severity = z.enum(SEVERITIES)

/** The incident as the responders declare and name it. */
export const response = {
  commands: {
    /** The commander alone; a second time changes the severity or the title. */
    declare: z.strictObject({ severity: Severity, title: line(120) }),
    /** The commander calls it over. It says what the table believes, not what is so. */
    'stand-down': z.strictObject({}),
  },
  facts: {
    declared: z.strictObject({ seat: SeatId, severity: Severity, title: z.string() }),
    'severity-changed': z.strictObject({ seat: SeatId, severity: Severity, title: z.string() }),
    'stood-down': z.strictObject({ seat: SeatId }),
  },
  view: z.strictObject({
    declared: z.strictObject({ severity: Severity, title: z.string(), by: SeatId, at: SimMs }).nullable(),
    stoodDownAt: SimMs.nullable(),
  }),
}
