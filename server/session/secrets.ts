import { createHash } from 'node:crypto'
import { ExerciseId, SeatId } from '../../shared/ids.ts'
import type { Entropy } from './ports.ts'

// No 0 O 1 I L: these are read aloud across a room.
const CODE_SYMBOLS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 8
const ID_SYMBOLS = 'abcdefghijklmnopqrstuvwxyz234567'

/** SHA-256, hex: what the store keeps of a secret. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** A join code as it was meant: people type it in lower case, with and without hyphen or spaces. */
export const normaliseCode = (typed: string) => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** Makes what nobody may guess, from unpredictable bytes. */
export function createSecrets(entropy: Entropy) {
  const pick = (symbols: string, length: number) => {
    let out = ''
    // Bytes beyond the last whole multiple are thrown away, so that every symbol is equally likely.
    const limit = 256 - (256 % symbols.length)
    while (out.length < length) {
      for (const byte of entropy(length * 2))
        if (byte < limit && out.length < length) out += symbols[byte % symbols.length]
    }
    return out
  }
  return {
    exerciseId: () => ExerciseId.parse(`ex_${pick(ID_SYMBOLS, 16)}`),
    seatId: () => SeatId.parse(`st_${pick(ID_SYMBOLS, 16)}`),
    /** 256 bits, opens one seat. */
    token: () => Buffer.from(entropy(32)).toString('base64url'),
    /** Eight symbols shown as `ABCD-EFGH`. */
    joinCode: () => {
      const code = pick(CODE_SYMBOLS, CODE_LENGTH)
      return `${code.slice(0, 4)}-${code.slice(4)}`
    },
    seed: () => Buffer.from(entropy(4)).readUInt32LE(0),
    errorId: () => `err_${pick(ID_SYMBOLS, 10)}`,
  }
}
export type Secrets = ReturnType<typeof createSecrets>
