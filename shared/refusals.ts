/** Every way the server says no: a code for machines, one sentence for people. */
export const REFUSALS = {
  malformed: 'That request did not make sense to the server. Reload the page and try again.',
  'unknown-command': 'The server does not know this command. Reload the page: it may be a newer version.',
  'not-yours': 'Your seat cannot do that.',
  'wrong-phase': 'Not in this phase of the exercise.',
  'no-such-thing': 'That is not there any more.',
  'already-done': 'Somebody was faster: it is already done.',
  busy: 'Your hands are full: wait until your current action is finished.',
  unavailable: 'Its preconditions do not hold at the moment.',
  'bad-parameter': 'One of the values is outside what this action takes.',
  'no-such-parameter': 'The system has no such parameter.',
  'not-written-so': 'That is not how a value of this parameter is written.',
  'out-of-range': 'That is outside the range of this parameter.',
  'does-not-fit': 'That cannot happen to this.',
  'not-cited': 'That playbook step does not link to this action.',
  'nobody-seated': 'Nobody has joined yet.',
  'too-fast': 'Slow down a little: too many requests.',
  'too-many': 'There is no room for more.',
  'not-stored': 'The server cannot write to its disk right now. Nothing was changed; try again in a moment.',
  quarantined:
    'The record of this exercise is damaged and it cannot go on. Its readable part can still be exported.',
  'exercise-stopped': 'This exercise hit an internal error and was stopped. Its record is kept.',
  'internal-error': 'Something went wrong on the server. Nothing was changed.',
  offline: 'You are offline. It will be sent when the connection is back.',
} as const satisfies Record<string, string>
export type RefusalCode = keyof typeof REFUSALS
