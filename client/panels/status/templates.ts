export type Audience = 'status' | 'stakeholders'

export interface Template {
  readonly title: string
  readonly audience: Audience
  readonly text: string
}

/**
 * Openings for updates. Square brackets are for the writer to fill in. What a good update says, and when, follows the
 * common stages of status pages: investigating, identified, monitoring, resolved.
 */
export const TEMPLATES: readonly Template[] = [
  {
    title: 'Investigating',
    audience: 'status',
    text: 'We are investigating a problem with [what users do]. Some users may see [what they see]. Next update in [15] minutes.',
  },
  {
    title: 'Identified',
    audience: 'status',
    text: 'We know what affects [what users do] and are working on it. [Who is affected and who is not.] Next update in [15] minutes.',
  },
  {
    title: 'Monitoring',
    audience: 'status',
    text: 'We made a change and [what users do] is recovering. We keep watching. Next update in [30] minutes.',
  },
  {
    title: 'Resolved',
    audience: 'status',
    text: '[What users do] works normally again since [time]. We are sorry for the trouble and will publish what we learned.',
  },
  {
    title: 'First word',
    audience: 'stakeholders',
    text: 'We have a [SEV-2] incident since [time]: [impact in a sentence]. [Name] commands. Next word in [15] minutes.',
  },
  {
    title: 'How it stands',
    audience: 'stakeholders',
    text: 'Impact now: [numbers]. We tried [what]; it [did]. Next we [what]. Decision needed from you: [none / what by when].',
  },
  {
    title: 'Over',
    audience: 'stakeholders',
    text: 'User impact ended at [time], after [minutes]. The cause [is / is not yet] gone. The review is on [date].',
  },
]

/** Blanks the writer has not filled in yet. */
export const blanks = (text: string): string[] => text.match(/\[[^\]]+\]/g) ?? []
