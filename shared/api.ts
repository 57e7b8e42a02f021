import { z } from 'zod'
import { ExerciseId, SeatId } from './ids.ts'
import { Settings } from './contracts/lifecycle.ts'
import { Phase, PlayerRole, Role } from './roles.ts'
import { line } from './text.ts'
import { QUANTITIES } from './quantities.ts'

/** A scenario without spoilers, as the library shows it. */
export const ScenarioCard = z.strictObject({
  /** Opaque: derived from the scenario's content, says nothing. */
  id: z.string(),
  codename: z.string(),
  company: z.string(),
  summary: z.string(),
  kind: z.enum(['incident', 'drill', 'sandbox']),
  level: z.number().int().min(1).max(5),
  minutes: z.number(),
  seats: z.string(),
  topics: z.array(z.string()),
  goals: z.array(z.string()),
  components: z.number().int(),
  playbooks: z.array(z.string()),
})
export type ScenarioCard = z.infer<typeof ScenarioCard>

/** What a game master who asks for it may read before hosting. */
export const ScenarioSpoilers = z.strictObject({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  truth: z.string(),
  solution: z.array(z.string()),
  tempting: z.array(z.string()),
  sources: z.array(z.strictObject({ title: z.string(), url: z.string() })),
})
export type ScenarioSpoilers = z.infer<typeof ScenarioSpoilers>

export const ScenarioFault = z.strictObject({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
  wayOut: z.string(),
})
/** GET /api/scenarios */
export const Library = z.strictObject({
  scenarios: z.array(ScenarioCard),
  /** Folders that were refused, each with the first findings. */
  refused: z.array(z.strictObject({ folder: z.string(), findings: z.array(ScenarioFault) })),
})
export type Library = z.infer<typeof Library>

/** POST /api/exercises */
export const HostRequest = z.strictObject({
  scenario: z.string().max(64),
  /** How the exercise is called on its pages. */
  name: line(80),
  /** The host's own name. */
  host: line(40),
  settings: Settings,
  seed: z.number().int().min(0).max(0xffffffff).optional(),
})
export type HostRequest = z.infer<typeof HostRequest>
/** The seat just taken; its token came as a cookie. */
export const Seated = z.strictObject({ exercise: ExerciseId, seat: SeatId })
export type Seated = z.infer<typeof Seated>

/** GET /api/join/:code: what stands on the door. */
export const Door = z.strictObject({
  name: z.string(),
  codename: z.string(),
  phase: Phase,
  taken: z.array(z.strictObject({ role: Role, name: z.string() })),
})
export type Door = z.infer<typeof Door>
/** POST /api/join */
export const JoinRequest = z.strictObject({
  code: z.string().max(16),
  name: line(40),
  roles: z.array(PlayerRole).min(1).max(5),
})
export type JoinRequest = z.infer<typeof JoinRequest>

/** GET /api/seats: the seats whose cookies this browser holds, newest first. */
export const MySeats = z.array(
  z.strictObject({
    exercise: ExerciseId,
    seat: SeatId,
    name: z.string(),
    codename: z.string(),
    seatName: z.string(),
    roles: z.array(Role),
    phase: Phase,
    createdAt: z.number(),
  }),
)
export type MySeats = z.infer<typeof MySeats>

/** What is known of a parameter wherever it occurs. Values are in SI base numbers. */
export const ParameterAbout = z.strictObject({
  name: z.string(),
  describe: z.string(),
  quantity: z.enum(QUANTITIES),
  min: z.number(),
  max: z.number(),
  /** What it is where a scenario says nothing. */
  default: z.number(),
})
export type ParameterAbout = z.infer<typeof ParameterAbout>
export const ParameterNow = z.strictObject({
  path: z.string(),
  /** What it belongs to, in words: `Web → Database`. */
  owner: z.string(),
  component: z.string().nullable(),
  /** Its place in `about`. */
  about: z.number().int(),
  /** As the scenario has it. */
  base: z.number(),
  /** As it is now, everything counted. */
  value: z.number(),
  /** What holds on this very path: the latest value set, all factors, all additions. */
  set: z.number().nullable(),
  scale: z.number(),
  add: z.number(),
})
export type ParameterNow = z.infer<typeof ParameterNow>
/** GET /api/seats/:seat/parameters: every parameter of the simulated system, for the game master. */
export const ParameterList = z.strictObject({
  about: z.array(ParameterAbout),
  parameters: z.array(ParameterNow),
})
export type ParameterList = z.infer<typeof ParameterList>

/** Any refusal over HTTP: a code, one sentence, and where it applies a place. */
export const ApiError = z.strictObject({
  code: z.string(),
  message: z.string(),
  where: z.string().optional(),
})
export type ApiError = z.infer<typeof ApiError>
