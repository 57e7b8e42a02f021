import { Actions } from './actions/Actions.tsx'
import { Boards } from './boards/Boards.tsx'
import { Changes } from './changes/Changes.tsx'
import { Channel } from './channel/Channel.tsx'
import { Explore } from './explore/Explore.tsx'
import { Logs } from './logs/Logs.tsx'
import { Map } from './map/Map.tsx'
import { Playbook } from './playbook/Playbook.tsx'
import { StatusPage } from './status/StatusPage.tsx'
import type { Panel } from './panel.ts'

/** What one looks at: the middle of the war room. */
export const MIDDLE_PANELS: readonly (Panel & {
  readonly id: 'boards' | 'map' | 'logs' | 'explore' | 'changes' | 'status'
})[] = [
  { id: 'boards', title: 'Boards', icon: 'chart', shortcut: '1', Component: Boards },
  { id: 'map', title: 'Map', icon: 'map', shortcut: '2', Component: Map },
  { id: 'logs', title: 'Logs', icon: 'logs', shortcut: '3', Component: Logs },
  { id: 'explore', title: 'Requests', icon: 'filter', shortcut: '4', Component: Explore },
  { id: 'changes', title: 'Changes', icon: 'change', shortcut: '5', Component: Changes },
  { id: 'status', title: 'Status page', icon: 'megaphone', shortcut: '6', Component: StatusPage },
]

/** What one acts with: the right of the war room. */
export const RIGHT_PANELS: readonly (Panel & { readonly id: 'playbook' | 'actions' | 'channel' })[] = [
  { id: 'playbook', title: 'Playbook', icon: 'book', shortcut: 'p', Component: Playbook },
  { id: 'actions', title: 'Actions', icon: 'wrench', shortcut: 'a', Component: Actions },
  { id: 'channel', title: 'Channel', icon: 'chat', shortcut: 'c', Component: Channel },
]
