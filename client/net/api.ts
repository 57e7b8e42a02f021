import type { z } from 'zod'
import { ApiError as Refusal } from '../../shared/api.ts'

/** A request that did not succeed: `message` is a sentence for people, `where` names the place it is about. */
export class ApiError extends Error {
  readonly code: string
  readonly where: string | undefined
  constructor({ code, message, where }: { code: string; message: string; where?: string | undefined }) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.where = where
  }
}

async function call<T>(path: string, schema: z.ZodType<T>, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch {
    throw new ApiError({
      code: 'offline',
      message: 'The server cannot be reached. Check the network and try again.',
    })
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) {
    const refusal = Refusal.safeParse(body)
    throw new ApiError(
      refusal.success
        ? refusal.data
        : {
            code: `http-${response.status}`,
            message: 'The server could not do that. Try again in a moment.',
          },
    )
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    throw new ApiError({
      code: 'newer-server',
      message: 'The server speaks a newer language. Reload the page.',
    })
  }
  return parsed.data
}

/** The server's HTTP side. Every answer is parsed; every failure is an {@link ApiError}. */
export const api = {
  get: <T>(path: string, schema: z.ZodType<T>): Promise<T> => call(path, schema),
  post: <T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> =>
    call(path, schema, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
}
