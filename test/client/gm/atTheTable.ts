import type { Command, RoleView, SeatView } from '../../../shared/contracts/index.ts'
import { SeatId } from '../../../shared/ids.ts'
import { outbox } from '../../../client/net/send.ts'
import { atNoTable, tableStore } from '../../../client/store/table.ts'

export const gina = SeatId.parse('st_ginagina')

/** Seats a game master who sees `role` and `mine`; collects what the page sends to the server, which says yes to all. */
export function atTheTable(role: RoleView, mine: SeatView = {}): Command[] {
  const sent: Command[] = []
  tableStore.setState({ ...atNoTable, status: 'live', seat: gina, views: { role, mine } }, true)
  outbox.open((envelope, answer) => {
    sent.push(envelope.command)
    answer({ ok: true })
  })
  return sent
}

/** Everybody leaves; the next test starts at no table. */
export function leaveTheTable(): void {
  outbox.shut()
  outbox.discard()
  tableStore.setState(atNoTable, true)
}
