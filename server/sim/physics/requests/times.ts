import { exp, log } from '../math.ts'
import { type Draws, normalQuantile } from './draws.ts'
import type { WalkStation } from './walk.ts'

/** An exponential time of the given mean. */
export const exponential = (mean: number, draw: Draws): number => -mean * log(1 - draw.next())

/** A time of own work: exponential for cv near 1, lognormal otherwise, constant for cv near 0, as the percentiles take it. */
export function workOf(mean: number, cv: number, draw: Draws): number {
  if (cv < 0.02) return mean
  if (cv > 0.95 && cv < 1.05) return exponential(mean, draw)
  const s2 = log(1 + cv * cv)
  return exp(log(mean) - s2 / 2 + Math.sqrt(s2) * normalQuantile(draw.next()))
}

/** A wait before work begins: the certain part of a backlog, and with its probability the random part of M/M/c. */
export function waitOf(station: WalkStation, draw: Draws): number {
  const certain = station.backlogLow + (station.backlogHigh - station.backlogLow) * draw.next()
  const waits = draw.next() < station.waitChance
  return certain + (waits ? exponential(station.waitMean, draw) : 0)
}
