/** People on the other side of a closed load who have an answer coming: how many, and in which second they will have it. */
export interface Waiting {
  at: number[]
  count: number[]
}
/** More entries than this are joined in pairs, the farthest first: who waits for minutes does not count seconds. */
const MOST = 160

/** All who wait for an answer that is on its way. */
export function waitingUsers({ count }: Waiting): number {
  let sum = 0
  for (let i = 0; i < count.length; i += 1) sum += count[i] ?? 0
  return sum
}

/** Those whose answer comes in this second stop waiting; returns how many. */
export function answered(users: Waiting, second: number): number {
  const { at, count } = users
  let due = 0
  let kept = 0
  for (let i = 0; i < at.length; i += 1) {
    const when = at[i] ?? 0
    const many = count[i] ?? 0
    if (when <= second) due += many
    else {
      at[kept] = when
      count[kept] = many
      kept += 1
    }
  }
  at.length = count.length = kept
  return due
}

function putAt(users: Waiting, second: number, many: number): void {
  if (many <= 0) return
  const { at, count } = users
  let i = at.length
  while (i > 0 && (at[i - 1] ?? 0) >= second) i -= 1
  if (at[i] === second) count[i] = (count[i] ?? 0) + many
  else {
    at.splice(i, 0, second)
    count.splice(i, 0, many)
  }
}

/** Lets `many` people wait for `delay` seconds from `second` on. Returns how many of them do so beyond this second. */
export function waitFor(users: Waiting, second: number, o: { many: number; delay: number }): number {
  const { many } = o
  if (many <= 0) return 0
  const delay = Math.max(0, o.delay)
  const whole = Math.floor(delay)
  const part = delay - whole
  // In mean they wait exactly `delay`: a part until one second, the rest until the next.
  if (whole > 0) putAt(users, second + whole, many * (1 - part))
  putAt(users, second + whole + 1, many * part)
  if (users.at.length > MOST) join(users)
  return whole > 0 ? many : many * part
}

function join({ at, count }: Waiting): void {
  for (let i = Math.floor(MOST / 2); i + 1 < at.length; i += 1) {
    const a = count[i] ?? 0
    const b = count[i + 1] ?? 0
    if (a + b > 0) at[i] = Math.round(((at[i] ?? 0) * a + (at[i + 1] ?? 0) * b) / (a + b))
    count[i] = a + b
    at.splice(i + 1, 1)
    count.splice(i + 1, 1)
  }
}

/**
 * Requests a second of people who think for `think` seconds on average, ask, and wait: those not waiting, by the time from one question
 * to the next as far as it passes within the second. `out` is the share of requests still under way when their second ends. At rest
 * this is the interactive response time law, X = N / (R + Z) (Denning and Buzen 1978).
 */
export function asking(o: { users: number; waiting: number; think: number; out: number }): number {
  return Math.max(0, o.users - o.waiting) / Math.max(1e-3, o.think + o.out)
}
