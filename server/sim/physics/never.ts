/** Stands for "never" where a second of exercise time is meant, which may be negative. */
export const NEVER = -1e9
