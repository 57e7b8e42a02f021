import type { ExerciseRecord } from '../../../shared/record.ts'
import type { TimedFact } from '../input.ts'

/** Everybody who ever sat at the table, by their latest name and roles; a seat that was freed stays in the record. */
export function seatsOf(facts: readonly TimedFact[]): ExerciseRecord['seats'] {
  const seats = new Map<string, ExerciseRecord['seats'][number]>()
  for (const { fact } of facts) {
    switch (fact.type) {
      case 'seats.joined':
        seats.set(fact.seat, { id: fact.seat, name: fact.name, roles: fact.roles })
        break
      case 'seats.roles-changed':
      case 'seats.renamed': {
        const seat = seats.get(fact.seat)
        if (!seat) break
        seats.set(
          fact.seat,
          fact.type === 'seats.renamed' ? { ...seat, name: fact.name } : { ...seat, roles: fact.roles },
        )
        break
      }
    }
  }
  return [...seats.values()]
}
