import styles from './Spinner.module.css'

/** Something is on its way, and the word says what. With reduced motion the ring stands still and the word remains. */
export function Spinner({ label }: { readonly label: string }) {
  return (
    <p className={styles.spinner} role="status">
      <span className={styles.ring} aria-hidden="true" />
      <span>{label}</span>
    </p>
  )
}
