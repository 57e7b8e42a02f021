import type { z } from 'zod'

type Schema = z.core.$ZodType
type Path = readonly PropertyKey[]
// zod's own discriminated union of its schemas' definitions; the public types name it, `_zod.def` is how one gets at it.
const defOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def

/** The part of a value at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, step)
        ? (part as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  )
}

/** The schemas a value at one place may follow, without their wrappers. */
function bare(schema: Schema, value: unknown): Schema[] {
  const def = defOf(schema)
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
    case 'nonoptional':
      return bare(def.innerType, value)
    case 'pipe':
      return bare(def.in, value)
    case 'lazy':
      return bare(def.getter(), value)
    case 'union': {
      const by = 'discriminator' in def ? String(def.discriminator) : undefined
      const all = def.options.flatMap((o) => bare(o, value))
      const given = by === undefined ? undefined : valueAt(value, [by])
      const meant = all.filter((o) => by !== undefined && literals(o, by).includes(String(given)))
      return meant.length > 0 ? meant : all
    }
    default:
      return [schema]
  }
}

/** The values a field of an object schema may have, when they are few and fixed. */
function literals(schema: Schema, field: string): string[] {
  const def = defOf(schema)
  const of = def.type === 'object' ? def.shape[field] : undefined
  const inner = of && defOf(of)
  return inner?.type === 'literal' ? inner.values.map(String) : []
}

function schemasAt(schema: Schema, path: Path, value: unknown): Schema[] {
  const here = bare(schema, value)
  const [step, ...rest] = path
  if (step === undefined) return here
  return here.flatMap((s) => {
    const def = defOf(s)
    const below =
      def.type === 'object'
        ? def.shape[String(step)]
        : def.type === 'record'
          ? def.valueType
          : def.type === 'array'
            ? def.element
            : undefined
    return below ? schemasAt(below, rest, valueAt(value, [step])) : []
  })
}

/** The keys a mapping at a place may have, as the schema tells them. */
export function keysAt(schema: Schema, path: Path, value: unknown): string[] {
  return [
    ...new Set(
      schemasAt(schema, path, value).flatMap((s) => {
        const def = defOf(s)
        return def.type === 'object' ? Object.keys(def.shape) : []
      }),
    ),
  ]
}

/** The kinds a mapping at a place may be of: the values of the field that tells them apart. */
export function kindsAt(schema: Schema, path: Path, field: string): string[] {
  // Without a value no kind is preferred: all of them are told.
  return [...new Set(schemasAt(schema, path, undefined).flatMap((s) => literals(s, field)))]
}
