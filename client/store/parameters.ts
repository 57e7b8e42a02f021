import { useEffect, useState } from 'react'
import { ParameterList, type ParameterAbout, type ParameterNow } from '../../shared/api.ts'
import type { SeatId } from '../../shared/ids.ts'
import { api, ApiError } from '../net/api.ts'

export type Parameter = ParameterNow & Omit<ParameterAbout, 'name'> & { readonly name: string }
export interface Parameters {
  readonly list: readonly Parameter[] | null
  readonly error: string | null
}

/** Ramps and the incident move values by themselves; this often is soon enough for people. */
const EVERY_MS = 10_000

/** Every parameter with its present value: read now, when `version` changes, and every few seconds after that. */
export function useParameters(seat: SeatId | null, version: unknown): Parameters {
  const [got, setGot] = useState<Parameters>({ list: null, error: null })
  useEffect(() => {
    if (seat === null) return
    let current = true
    const read = () =>
      api.get(`/api/seats/${seat}/parameters`, ParameterList).then(
        ({ about, parameters }) => {
          if (!current) return
          const list = parameters.flatMap((p): Parameter[] => {
            const info = about[p.about]
            return info ? [{ ...info, ...p }] : []
          })
          setGot({ list, error: null })
        },
        (error: unknown) => {
          if (!(error instanceof ApiError)) throw error
          // What was read before is still the best there is.
          if (current) setGot((before) => ({ ...before, error: error.message }))
        },
      )
    void read()
    const timer = setInterval(() => void read(), EVERY_MS)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [seat, version])
  return got
}

/** Parameters in whose path, owner or description all words occur; those whose path has them come first. */
export function findParameters(list: readonly Parameter[], query: string): Parameter[] {
  const words = query
    .toLowerCase()
    .split(/[\s.]+/)
    .filter(Boolean)
  if (words.length === 0) return []
  const has = (text: string) => words.every((w) => text.toLowerCase().includes(w))
  const inPath = list.filter((p) => has(`${p.path} ${p.owner}`))
  const inWords = list.filter((p) => !inPath.includes(p) && has(`${p.path} ${p.owner} ${p.describe}`))
  return [...inPath, ...inWords]
}

/** What is not as the scenario has it. */
export const changedParameters = (list: readonly Parameter[]): Parameter[] =>
  list.filter((p) => Math.abs(p.value - p.base) > 1e-9 * Math.max(1, Math.abs(p.base)))
