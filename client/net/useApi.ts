import { useCallback, useEffect, useState } from 'react'
import type { z } from 'zod'
import { api, ApiError } from './api.ts'

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: ApiError }
  | { readonly state: 'ready'; readonly data: T }

/** Reads a path when the component appears and again when the path changes or `again` is called. Null reads nothing. */
export function useApi<T>(path: string | null, schema: z.ZodType<T>): readonly [Loaded<T>, () => void] {
  const [turn, setTurn] = useState(0)
  const asked = `${turn} ${path ?? ''}`
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly loaded: Loaded<T> } | null>(null)
  useEffect(() => {
    if (path === null) return
    let current = true
    api.get(path, schema).then(
      (data) => current && setAnswer({ asked, loaded: { state: 'ready', data } }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        if (current) setAnswer({ asked, loaded: { state: 'failed', error } })
      },
    )
    return () => {
      current = false
    }
  }, [path, schema, asked])
  // An answer to an earlier question is none to this one.
  const loaded: Loaded<T> = answer?.asked === asked ? answer.loaded : { state: 'loading' }
  return [loaded, useCallback(() => setTurn((n) => n + 1), [])]
}
