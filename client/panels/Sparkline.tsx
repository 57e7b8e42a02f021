/** A small line of the last values, without axes: decoration beside a number that says the same. */
export function Sparkline({
  values,
  colour,
  width = 120,
  height = 28,
}: {
  readonly values: readonly (number | null)[]
  readonly colour: string
  readonly width?: number
  readonly height?: number
}) {
  const known = values.filter((v) => v !== null)
  if (known.length < 2) return null
  const low = Math.min(...known)
  const span = Math.max(...known) - low || 1
  let pen = 'M'
  let path = ''
  values.forEach((value, i) => {
    if (value === null) {
      pen = 'M'
      return
    }
    const x = (i / Math.max(1, values.length - 1)) * width
    const y = height - 2 - ((value - low) / span) * (height - 4)
    path += `${pen}${x.toFixed(1)},${y.toFixed(1)}`
    pen = 'L'
  })
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} fill="none" stroke={colour} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
