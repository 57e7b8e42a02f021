import { useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { announce } from '../../ui/announce.ts'
import { showCode } from '../Join/joinCode.ts'
import { copyText } from './copyText.ts'
import { Qr } from './Qr.tsx'
import styles from './Lobby.module.css'

/** Whether an address means the computer it is typed on, and leads nowhere from another. */
const onlyHere = (hostname: string): boolean =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|\[?::1\]?)$/.test(hostname)

/** How others come in: the code to read out, the link to send, the picture to point a phone at. */
export function Invitation({ joinCode }: { readonly joinCode: string }) {
  const code = showCode(joinCode)
  const link = `${location.origin}/join/${code}`
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  const copy = async () => {
    const done = await copyText(link, field.current)
    setSaid(done ? 'Copied' : 'Select the link and copy it by hand')
    announce(done ? 'Link copied' : 'The browser does not allow copying')
    setTimeout(() => setSaid(''), 3000)
  }
  const alone = onlyHere(location.hostname)
  return (
    <section className={styles.invitation} aria-labelledby="invitation">
      <div className={styles.words}>
        <h2 id="invitation">Join code</h2>
        <p className={styles.code}>{code}</p>
        <div className={styles.link}>
          <Field
            ref={field}
            label="Or send the link"
            value={link}
            readOnly
            onFocus={(e) => e.currentTarget.select()}
          />
          <Button onClick={() => void copy()}>
            <Icon name={said === 'Copied' ? 'check' : 'copy'} /> {said || 'Copy'}
          </Button>
        </div>
        {alone && (
          <p className={styles.quiet}>
            “{location.hostname}” is this computer alone. For other devices, host from the address that the
            server printed as “For your team” when it started, or put it into the link yourself.
          </p>
        )}
      </div>
      <Qr text={link} label={`QR code that opens ${link}`} />
    </section>
  )
}
