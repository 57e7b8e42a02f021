// Before everything else: what it sets is read while other modules load.
import './firstThings.ts'
import { createRoot } from 'react-dom/client'
import './global.css'
import { App } from './App.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<App />)
