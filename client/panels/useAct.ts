import { useState } from 'react'
import type { Command } from '../../shared/contracts/index.ts'
import { send } from '../net/send.ts'

export interface Act {
  readonly busy: boolean
  /** Sends a command; true when the server took it. A refusal has been told to the person by then. */
  readonly act: (command: Command) => Promise<boolean>
}

/** Sends commands one at a time and says while one is under way, so that its button can wait. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const act = async (command: Command) => {
    setBusy(true)
    const answer = await send(command)
    setBusy(false)
    return answer.ok
  }
  return { busy, act }
}
