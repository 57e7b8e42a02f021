import type { NetworkInterfaceInfo } from 'node:os'

/** Where people find this server and what to do next, for the person who started it. */
export function welcome(options: {
  host: string
  port: number
  dataDir: string
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>
}): string {
  const { host, port, dataDir, interfaces } = options
  const everywhere = host === '0.0.0.0' || host === '::'
  const outside = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter((one) => everywhere && !one.internal && one.family === 'IPv4')
    .map((one) => one.address)
  const address = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}/`
  const lines = [
    'Roll for Recovery is running.',
    '',
    `  On this computer   ${address(everywhere ? 'localhost' : host)}`,
    ...outside.map((one) => `  For your team      ${address(one)}`),
    '',
    outside.length > 0
      ? '  1. Open the address for your team here too, so that the lobby’s link and QR code lead there; choose “Host an exercise”.'
      : '  1. Open the address and choose “Host an exercise”.',
    '  2. Give your team the link or the join code you see in the lobby.',
    '  3. When everybody sits, brief them and start the clock.',
    '',
    `  Exercises are kept in ${dataDir}. Stop with Ctrl+C; they go on where they stood.`,
  ]
  return `\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`
}
