import { useEffect } from 'react'
import { showMiddle, showRight } from './deskState.ts'
import { MIDDLE_PANELS, RIGHT_PANELS } from './index.ts'

/** Whether somebody is writing, so that letters are letters. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=radio], [type=checkbox], [type=range]), textarea, select'))
  )
}

function focusSearch(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement>('[data-search]')].filter(
    (f) => f.offsetParent !== null,
  )
  const last = document.querySelector<HTMLElement>('[data-column]:focus-within [data-search]')
  const field = last instanceof HTMLInputElement ? last : fields[0]
  field?.focus()
  return field !== undefined
}

/** The keys of the war room: 1–6, p, a, c turn to tabs, / goes to the search of the tab, Escape leaves a field. */
export function usePanelShortcuts(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (document.querySelector('dialog[open]')) return
      if (isWriting(event.target)) {
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
        return
      }
      const middle = MIDDLE_PANELS.find((p) => p.shortcut === event.key)
      const right = RIGHT_PANELS.find((p) => p.shortcut === event.key)
      if (middle) showMiddle(middle.id)
      else if (right) showRight(right.id)
      else if (!(event.key === '/' && focusSearch())) return
      event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}
