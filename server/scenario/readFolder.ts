import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding, ScenarioSource } from '../sim/scenario/scenario.ts'

const MOST_BYTES = 512 * 1024
const MOST_FILES = 60
const PLAYBOOKS = 'playbooks'

export type ReadFolder =
  | { readonly ok: true; readonly source: ScenarioSource }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const refusal = (file: string, message: string, wayOut: string): Finding => ({
  file,
  line: 1,
  column: 1,
  severity: 'error',
  message,
  wayOut,
})

/** A file's text with plain line ends, or why it is not read. Links are not followed: a scenario is what lies in its folder. */
async function readText(folder: string, name: string): Promise<string | Finding> {
  const path = join(folder, ...name.split('/'))
  const stat = await lstat(path)
  if (!stat.isFile())
    return refusal(name, 'It is not a plain file.', 'Put the file itself there, not a link to it.')
  if (stat.size > MOST_BYTES) return refusal(name, 'It is larger than 512 kB.', 'Shorten it, or split it.')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
    // The same scenario is the same on every system, and has the same hash.
    return text.replaceAll('\r\n', '\n')
  } catch (err) {
    // Only the decoder's complaint is the author's to mend; a file that vanished meanwhile is for the caller.
    if (err instanceof TypeError) return refusal(name, 'It is not written in UTF-8.', 'Save it as UTF-8.')
    throw err
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'scenario.yaml' || entry.name === 'briefing.md') names.push(entry.name)
    else if (entry.name === PLAYBOOKS && entry.isDirectory()) {
      for (const book of await readdir(join(folder, PLAYBOOKS)))
        if (/^[^.].*\.md$/.test(book)) names.push(`${PLAYBOOKS}/${book}`)
    }
  }
  return names.sort()
}

/**
 * Reads the files a scenario is made of: scenario.yaml, briefing.md and playbooks/*.md, each a plain UTF-8 file of at most 512 kB. Rejects only
 * when the folder itself cannot be read.
 */
export async function readFolder(folder: string): Promise<ReadFolder> {
  const names = await namesIn(folder)
  if (names.length > MOST_FILES) {
    const finding = refusal(
      PLAYBOOKS,
      `There are more than ${MOST_FILES} files.`,
      'Keep those this scenario needs.',
    )
    return { ok: false, findings: [finding] }
  }
  const files: Record<string, string> = {}
  const findings: Finding[] = []
  for (const name of names) {
    const text = await readText(folder, name)
    if (typeof text === 'string') files[name] = text
    else findings.push(text)
  }
  return findings.length > 0 ? { ok: false, findings } : { ok: true, source: { files } }
}
