import { useSyncExternalStore } from 'react'
import type { Ground } from './palette.ts'

const light = () => matchMedia('(prefers-color-scheme: light)')

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const query = light()
  query.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    query.removeEventListener('change', changed)
  }
}

function read(): Ground {
  const chosen = document.documentElement.dataset['theme']
  if (chosen === 'dark' || chosen === 'light') return chosen
  return light().matches ? 'light' : 'dark'
}

/** Whether the page is drawn on a dark or a light ground, for canvases that cannot read the stylesheet. */
export const useGround = (): Ground => useSyncExternalStore(subscribe, read)
