/**
 * Whether a request may come from where it says: browsers name the page's origin, and only our own host is welcome.
 * Programs that are no browser send none and hold no cookies by accident, so they may pass.
 */
export function sameOrigin(headers: {
  readonly origin?: string | undefined
  readonly host?: string | undefined
}): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
