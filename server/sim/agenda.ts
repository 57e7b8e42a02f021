import type { SimMs } from '../../shared/ids.ts'
import type { MechanicName } from '../../shared/contracts/index.ts'
import type { AgendaItem } from './world.ts'

const before = (a: AgendaItem, b: AgendaItem) => a.at < b.at || (a.at === b.at && a.order < b.order)

/** The future as data: a list kept in the order in which things fall due. Works on the array it is given. */
export function createAgenda(items: AgendaItem[]) {
  const cancel = (mechanic: MechanicName, key: string) => {
    const i = items.findIndex((x) => x.mechanic === mechanic && x.key === key)
    if (i >= 0) items.splice(i, 1)
  }
  return {
    /** When the next thing falls due, or undefined. */
    next: (): SimMs | undefined => items[0]?.at,
    /** Takes the next thing that is due at `now` off the agenda. */
    take: (now: SimMs): AgendaItem | undefined =>
      items[0] && items[0].at <= now ? items.shift() : undefined,
    cancel,
    put(item: AgendaItem) {
      cancel(item.mechanic, item.key)
      const i = items.findIndex((x) => before(item, x))
      items.splice(i < 0 ? items.length : i, 0, item)
    },
  }
}
