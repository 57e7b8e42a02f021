import type { RoleView, SeatView } from '../../../shared/contracts/index.ts'
import { useMine, useView } from '../../store/table.ts'
import { whatNow, type WhatNow } from './whatNow.ts'

/** The next thing to do, for the seat one looks from. */
export function useWhatNow(): WhatNow {
  const lifecycle = useView('lifecycle')
  const alerts = useView('alerts')
  const response = useView('response')
  const comms = useView('comms')
  const mitigations = useView('mitigations')
  const objectives = useView('objectives')
  const can = useMine('mitigations')
  const role: RoleView = {
    ...(lifecycle && { lifecycle }),
    ...(alerts && { alerts }),
    ...(response && { response }),
    ...(comms && { comms }),
    ...(mitigations && { mitigations }),
    ...(objectives && { objectives }),
  }
  const mine: SeatView = can ? { mitigations: can } : {}
  return whatNow(role, mine)
}
