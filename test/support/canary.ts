/** Every way a marker could hide in bytes somebody receives. Base64 has three, by where the marker falls in its triples. */
function disguises(marker: string): readonly string[] {
  const letters = Array.from(marker)
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from('\0'.repeat(shift) + marker).toString('base64')
    // The first and last group mix with their neighbours' bits.
    return text.slice(shift === 0 ? 0 : 4, -4)
  })
  return [
    marker,
    Buffer.from(marker).toString('hex'),
    letters.map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    letters.map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
    letters.toReversed().join(''),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
}

/** The markers found in what somebody received, in whatever disguise. */
export function markersIn(received: readonly string[], markers: readonly string[]): readonly string[] {
  const text = received.join('\n')
  const lower = text.toLowerCase()
  return markers.filter((marker) =>
    disguises(marker).some((d) => text.includes(d) || lower.includes(d.toLowerCase())),
  )
}
