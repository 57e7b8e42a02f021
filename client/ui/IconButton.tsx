import { Button, type ButtonProps } from './Button.tsx'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './IconButton.module.css'

/** A button that is only a picture: `label` is what it is called and what its tooltip says. */
export function IconButton({
  icon,
  label,
  className,
  ...rest
}: Omit<ButtonProps, 'children' | 'aria-label' | 'title'> & {
  readonly icon: IconName
  readonly label: string
}) {
  return (
    <Button kind="quiet" className={cx(styles.icon, className)} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </Button>
  )
}
