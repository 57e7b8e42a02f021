import { z } from 'zod'

const Port = z.coerce.number().int().min(0).max(65_535)

/** What the server takes from its environment. */
export const Env = z.object({
  PORT: Port.default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATA_DIR: z.string().min(1).default('./data'),
  /** Set to nothing is not set. */
  SCENARIOS_DIR: z
    .string()
    .transform((path) => (path === '' ? undefined : path))
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** The port people type when another program stands in front of this one. */
  PUBLIC_PORT: Port.optional(),
})
export type Env = z.infer<typeof Env>

/** Reads the environment, or says which variable is wrong and how. */
export function readEnv(
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; env: Env } | { ok: false; why: string } {
  const parsed = Env.safeParse(env)
  if (parsed.success) return { ok: true, env: parsed.data }
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  return { ok: false, why: `The server cannot start with these settings:\n${lines.join('\n')}` }
}
