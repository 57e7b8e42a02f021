import type { Frame, Views } from '../../shared/frames.ts'
import { applyPatch } from '../../shared/patch.ts'

/** What a seat knows and the number of the last frame it knows it from. */
export interface Known {
  readonly seq: number
  readonly views: Views
}

/**
 * What a frame makes of what is known. A welcome replaces everything; the next number is applied; a number seen before
 * changes nothing; a gap says `'gap'`: ask the server to resume after `known.seq`.
 */
export function receive(known: Known | null, frame: Frame): Known | 'gap' {
  if (frame.kind === 'welcome') return { seq: frame.seq, views: frame.views }
  if (!known) return 'gap'
  if (frame.seq <= known.seq) return known
  if (frame.seq > known.seq + 1) return 'gap'
  return { seq: frame.seq, views: applyPatch(known.views, frame.patch) }
}
