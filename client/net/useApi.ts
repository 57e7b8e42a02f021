import { useCallback, useEffect, useState } from 'react'
import type { z } from 'zod'
import { api, ApiError } from './api.ts'

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: ApiError }
  | { readonly state: 'ready'; readonly data: T }

/** Reads a path when the component appears and again when the path changes or `again` is called. Null reads nothing. */
export function useApi<T>(path: string | null, schema: z.ZodType<T>): readonly [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (path === null) return
    let current = true
    setLoaded({ state: 'loading' })
    api.get(path, schema).then(
      (data) => current && setLoaded({ state: 'ready', data }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        if (current) setLoaded({ state: 'failed', error })
      },
    )
    return () => {
      current = false
    }
  }, [path, schema, turn])
  return [loaded, useCallback(() => setTurn((n) => n + 1), [])]
}
