import { SeatId } from '../../shared/ids.ts'

/** A browser holds one cookie per seat; a page never reads it and no address ever carries it. */
export const cookieName = (seat: SeatId) => `rfr_${seat}`

const TOKEN = /^[A-Za-z0-9_-]{43}$/
const NINETY_DAYS_S = 90 * 24 * 60 * 60

/** How a seat's cookie is set. Not `secure`: exercises run on plain HTTP in local networks. */
export const COOKIE_OPTIONS = {
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  maxAge: NINETY_DAYS_S,
} as const

/** Seat and token of every seat cookie in a request's Cookie header; whatever does not look like one is skipped. */
export function seatTokens(header: string | undefined): readonly { seat: SeatId; token: string }[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const [name = '', token = ''] = pair.trim().split('=')
    const seat = SeatId.safeParse(name.startsWith('rfr_') ? name.slice(4) : '')
    return seat.success && TOKEN.test(token) ? [{ seat: seat.data, token }] : []
  })
}

/** The token of one seat's cookie. */
export const tokenOf = (header: string | undefined, seat: SeatId) =>
  seatTokens(header).find((held) => held.seat === seat)?.token
