import type { RoleView } from '../../../shared/contracts/index.ts'

/** A moment worth a vertical line on every chart. */
export interface Annotation {
  readonly id: string
  /** Exercise ms. */
  readonly at: number
  readonly label: string
  readonly kind: 'change' | 'incident' | 'mitigation'
  /** Somebody asked to see this one. */
  readonly marked: boolean
}

const MAX_LABEL = 26
const short = (text: string) => (text.length > MAX_LABEL ? `${text.slice(0, MAX_LABEL - 1)}…` : text)

/** Changes, the declaration and started actions, in the order of time. */
export function annotationsOf(view: RoleView, markedChange: string | null): Annotation[] {
  const changes = (view.system?.changes ?? []).map((change): Annotation => ({
    id: change.id,
    at: change.at,
    label: short(change.title),
    kind: 'change',
    marked: change.id === markedChange,
  }))
  const declared = view.response?.declared
  const incident: Annotation[] = declared
    ? [
        {
          id: 'declared',
          at: declared.at,
          label: `Declared ${declared.severity}`,
          kind: 'incident',
          marked: false,
        },
      ]
    : []
  const started = (view.mitigations?.runs ?? []).flatMap((run): Annotation[] =>
    run.startedAt === null
      ? []
      : [{ id: run.id, at: run.startedAt, label: short(run.title), kind: 'mitigation', marked: false }],
  )
  return [...changes, ...incident, ...started].toSorted((a, b) => a.at - b.at)
}

export interface PlacedLabel {
  readonly annotation: Annotation
  /** Pixels from the left of the plot. */
  readonly x: number
  /** False when the label would run into its neighbour: only the line is drawn. */
  readonly labelled: boolean
}

/** Which labels fit side by side: marked ones first, then the newest. Widths and places in the same pixels. */
export function placeLabels(
  placed: readonly { annotation: Annotation; x: number; width: number }[],
  plotWidth: number,
): PlacedLabel[] {
  const taken: { from: number; to: number }[] = []
  const fits = new Set<Annotation>()
  const byWeight = placed.toSorted(
    (a, b) => Number(b.annotation.marked) - Number(a.annotation.marked) || b.x - a.x,
  )
  for (const { annotation, x, width } of byWeight) {
    const from = Math.min(x, plotWidth - width)
    const to = from + width
    if (taken.every((other) => to + 6 <= other.from || from >= other.to + 6)) {
      taken.push({ from, to })
      fits.add(annotation)
    }
  }
  return placed.map(({ annotation, x }) => ({ annotation, x, labelled: fits.has(annotation) }))
}
