import type { Views } from './frames.ts'

/** How one part of a view became another: keys set anew, list keys that only grew, keys gone. Null: the part is gone. */
export interface PartPatch {
  readonly set?: Readonly<Record<string, unknown>>
  readonly append?: Readonly<Record<string, readonly unknown[]>>
  readonly drop?: readonly string[]
}
export interface Patch {
  readonly role?: Readonly<Record<string, PartPatch | null>>
  readonly mine?: Readonly<Record<string, PartPatch | null>>
}

type Parts = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>
const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

function diffPart(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): PartPatch | undefined {
  const set: Record<string, unknown> = {}
  const append: Record<string, readonly unknown[]> = {}
  for (const [key, next] of Object.entries(after)) {
    const old = before[key]
    if (same(old, next)) continue
    if (
      Array.isArray(old) &&
      Array.isArray(next) &&
      next.length > old.length &&
      same(old, next.slice(0, old.length))
    ) {
      append[key] = next.slice(old.length)
    } else set[key] = next
  }
  const drop = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
  const patch = {
    ...(Object.keys(set).length > 0 && { set }),
    ...(Object.keys(append).length > 0 && { append }),
    ...(drop.length > 0 && { drop }),
  }
  return Object.keys(patch).length > 0 ? patch : undefined
}

function diffParts(before: Parts, after: Parts): Record<string, PartPatch | null> | undefined {
  const out: Record<string, PartPatch | null> = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const next = after[name]
    const patch = next === undefined ? null : diffPart(before[name] ?? {}, next)
    if (patch !== undefined && !(patch === null && before[name] === undefined)) out[name] = patch
  }
  return Object.keys(out).length > 0 ? out : undefined
}

/** What to tell a seat that knows `before` so that it knows `after`; undefined when nothing changed. */
export function diffViews(before: Views, after: Views): Patch | undefined {
  const role = diffParts(before.role, after.role)
  const mine = diffParts(before.mine, after.mine)
  return role || mine ? { ...(role && { role }), ...(mine && { mine }) } : undefined
}

function patchParts(parts: Parts, patch: Readonly<Record<string, PartPatch | null>>): Parts {
  const out: Record<string, Readonly<Record<string, unknown>> | undefined> = { ...parts }
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) {
      delete out[name]
      continue
    }
    const part: Record<string, unknown> = { ...out[name], ...change.set }
    for (const [key, tail] of Object.entries(change.append ?? {}))
      part[key] = [...((part[key] as unknown[] | undefined) ?? []), ...tail]
    for (const key of change.drop ?? []) delete part[key]
    out[name] = part
  }
  return out
}

/** The views after a patch; parts that did not change stay the same object, so that a store can tell. */
export function applyPatch(views: Views, patch: Patch): Views {
  return {
    role: patch.role ? patchParts(views.role, patch.role) : views.role,
    mine: patch.mine ? patchParts(views.mine, patch.mine) : views.mine,
  }
}
