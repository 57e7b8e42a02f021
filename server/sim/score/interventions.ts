import type { ExerciseRecord } from '../../../shared/record.ts'
import { commandsOf, factsOf, type LogEntry } from './log.ts'

type Interventions = ExerciseRecord['interventions']

/**
 * What the game master did by hand, in order: injects, faults, nudges of the chart, terms set for a roll, hints.
 * `leads` tells whether a seat is a game master's. Nudges and terms leave no fact of their own and are read from the inputs.
 */
export function interventionsOf(
  entries: readonly LogEntry[],
  leads: (seat: string) => boolean,
): Interventions {
  const facts = entries.flatMap((e) => e.facts)
  const out: Interventions[number][] = []
  const add = (at: Interventions[number]['at'], text: string) => out.push({ at, text })

  for (const { at, seat, fact } of factsOf(
    facts,
    'injects.delivered',
    'injects.held',
    'injects.released',
    'injects.skipped',
  )) {
    switch (fact.type) {
      case 'injects.delivered':
        if (fact.byHand) add(at, `Delivers by hand: ${fact.title}`)
        break
      case 'injects.held':
        add(at, `Holds the inject: ${fact.title}`)
        break
      case 'injects.released':
        add(at, `Releases the inject: ${fact.title}`)
        break
      case 'injects.skipped':
        // An inject whose purpose is fulfilled skips itself; only a seat is somebody's hand.
        if (seat !== null) add(at, `Skips the inject: ${fact.title}`)
        break
    }
  }
  for (const { at, fact } of factsOf(facts, 'hints.given'))
    if (leads(fact.seat)) add(at, `Gives hint ${fact.number}.`)
  for (const { at, fact } of factsOf(facts, 'faults.started', 'faults.ended'))
    add(
      at,
      fact.type === 'faults.started'
        ? `${fact.fault === null ? 'Sets a parameter' : 'Starts a fault'}: ${fact.title}`
        : `${fact.byHand ? 'Takes back' : 'Lets run out'}: ${fact.title}`,
    )
  for (const { at, input } of commandsOf(entries)) {
    const { command } = input
    if (command.type === 'incident.nudge') add(at, `Sends ${command.event} to the incident.`)
    if (command.type === 'mitigations.approve' && leads(input.seat)) {
      const terms = [
        command.dc === undefined ? [] : `difficulty ${command.dc}`,
        command.bonus ? `+${command.bonus} for good reasoning` : [],
        command.advantage === 1 ? 'advantage' : command.advantage === -1 ? 'disadvantage' : [],
      ].flat()
      const title =
        factsOf(facts, 'mitigations.proposed').find((f) => f.fact.run === command.run)?.fact.title ??
        command.run
      if (terms.length > 0) add(at, `Sets the terms for “${title}”: ${terms.join(', ')}.`)
    }
  }
  return out.sort((a, b) => a.at - b.at)
}
