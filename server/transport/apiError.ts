import type { FastifyReply } from 'fastify'
import type { ApiError } from '../../shared/api.ts'
import { REFUSALS, type RefusalCode } from '../../shared/refusals.ts'

const STATUS: Readonly<Partial<Record<RefusalCode, number>>> = {
  malformed: 400,
  'not-yours': 403,
  'wrong-phase': 409,
  'no-such-thing': 404,
  'already-done': 409,
  'too-fast': 429,
  'too-many': 409,
  'not-stored': 503,
  quarantined: 410,
  'exercise-stopped': 410,
  'internal-error': 500,
}

/** Answers a request with a refusal: its code, its sentence, and where it applies a place. */
export function refuse(
  reply: FastifyReply,
  code: RefusalCode,
  more: { where?: string | undefined; message?: string } = {},
) {
  const body: ApiError = {
    code,
    message: more.message ?? REFUSALS[code],
    ...(more.where && { where: more.where }),
  }
  return reply
    .code(STATUS[code] ?? 400)
    .type('application/json; charset=utf-8')
    .send(body)
}
