import type { ViewOf } from '../../../shared/contracts/index.ts'
import styles from './map.module.css'

export type Kind = ViewOf<'system'>['components'][number]['kind']

/** Line drawings on a 24-pixel square, one per kind of component. */
const DRAWINGS: Readonly<Record<Kind, string>> = {
  client:
    'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 8c0-3 2-5 5-5s5 2 5 5M16 11a3 3 0 1 0-1-5.8M16 14c3 0 5 2 5 5',
  'load-balancer': 'M12 21v-7m0 0L5 7m7 7 7-7M5 11V6h5M14 6h5v5',
  service: 'm12 3 8 4.5v9L12 21l-8-4.5v-9L12 3Zm0 9 8-4.5M12 12v9m0-9L4 7.5',
  worker:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm0-12v3m0 12v3M3 12h3m12 0h3M5.6 5.6l2.2 2.2m8.4 8.4 2.2 2.2m0-12.8-2.2 2.2m-8.4 8.4-2.2 2.2',
  cache: 'M13 3 5 14h6l-1 7 8-11h-6l1-7Z',
  database:
    'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3Zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  queue: 'M3 8h4v8H3zM10 8h4v8h-4zM17 8h4v8h-4z',
  'object-store': 'M3 5h18v4H3zM5 9v11h14V9M9 13h6',
  dns: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-9 9h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  job: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2',
  external: 'M7 18h10a4 4 0 0 0 .6-7.95A6 6 0 0 0 6.1 9.6 4.2 4.2 0 0 0 7 18Z',
}

/** What kind of component this is, as a picture and a word for those who do not see it. */
export function KindIcon({ kind }: { readonly kind: Kind }) {
  return (
    <svg className={styles.kindIcon} viewBox="0 0 24 24" role="img" aria-label={kind}>
      <path d={DRAWINGS[kind]} />
    </svg>
  )
}
