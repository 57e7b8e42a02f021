import { config } from 'zod'

// Zod would try whether it may compile code, which the content security policy refuses and browsers report.
config({ jitless: true })

const TRIED = 'rfr.reloaded'
const AGAIN_AFTER_MS = 30_000

// A page from before the server's update asks for pieces that are gone: load the new page, but never in circles.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem(TRIED) ?? 0)
  if (Date.now() - last < AGAIN_AFTER_MS) return
  event.preventDefault()
  sessionStorage.setItem(TRIED, String(Date.now()))
  location.reload()
})
