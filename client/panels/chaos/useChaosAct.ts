import { useState } from 'react'
import type { CommandOf } from '../../../shared/contracts/index.ts'
import { send } from '../../net/send.ts'
import { refusalWords } from './chaosWords.ts'

/** Sends a command of this panel; a refusal is kept here, beside the form, because it says what to write instead. */
export function useChaosAct() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const act = async (command: CommandOf<'faults'>): Promise<boolean> => {
    setBusy(true)
    const answer = await send(command, { quiet: true })
    setBusy(false)
    setProblem(answer.ok ? null : refusalWords(answer.code, answer.where))
    return answer.ok
  }
  return { busy, problem, act, forget: () => setProblem(null) }
}
