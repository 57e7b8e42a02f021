import styles from './Kbd.module.css'

/** A key to press, or several together. */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className={styles.kbd}>{children}</kbd>
}
