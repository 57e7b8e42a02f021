import { z } from 'zod'

/** Exercise time in milliseconds. Zero is the moment play starts; the healthy past is negative. */
export const SimMs = z.number().int().brand<'SimMs'>()
export type SimMs = z.infer<typeof SimMs>
/** Brands a number that is known to be whole exercise milliseconds (rounds to be sure). */
export const simMs = (ms: number): SimMs => Math.round(ms) as SimMs

/** Wall time: milliseconds since the Unix epoch, as the server's clock read it. */
export const WallMs = z.number().int().nonnegative().brand<'WallMs'>()
export type WallMs = z.infer<typeof WallMs>
export const wallMs = (ms: number): WallMs => Math.round(ms) as WallMs

const opaque = <B extends string>(prefix: string, _brand: B) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[a-z0-9]{8,32}$`))
    .brand<B>()
/** One run of a scenario. */
export const ExerciseId = opaque('ex', 'ExerciseId')
export type ExerciseId = z.infer<typeof ExerciseId>
/** A place at the table; it outlives its sockets. */
export const SeatId = opaque('st', 'SeatId')
export type SeatId = z.infer<typeof SeatId>
/** Whose history an exercise belongs to. */
export const TeamId = opaque('tm', 'TeamId')
export type TeamId = z.infer<typeof TeamId>

/** A name an author gives inside a scenario: `shed-load`, `web-tier`. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, like shed-load')
  .max(64)
export type Slug = z.infer<typeof Slug>

/** The client's name for one command: asked twice, done once, answered twice. */
export const CommandId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
export type CommandId = z.infer<typeof CommandId>
