import { useRef, useState } from 'react'
import { navigate } from '../../router.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { CODE_LENGTH, readCode, showCode } from './joinCode.ts'
import styles from './Join.module.css'

/** The join code, typed in any case with or without its hyphen; a complete one opens the door. */
export function CodeForm({
  error,
  typed = '',
  primary = true,
}: {
  readonly error?: string
  /** What stands in the field at first: a code to be corrected. */
  readonly typed?: string
  readonly primary?: boolean
}) {
  const [code, setCode] = useState(() => readCode(typed))
  const [short, setShort] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  return (
    <form
      className={styles.codeForm}
      onSubmit={(e) => {
        e.preventDefault()
        if (code.length === CODE_LENGTH) navigate(`/join/${showCode(code)}`)
        else {
          setShort(true)
          field.current?.focus()
        }
      }}
    >
      <Field
        ref={field}
        label="Join code"
        className={styles.code ?? ''}
        value={showCode(code)}
        placeholder="ABCD-2345"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        inputMode="text"
        {...(short
          ? { error: `A code has ${CODE_LENGTH} letters and digits.` }
          : error !== undefined && { error })}
        onChange={(e) => {
          setCode(readCode(e.target.value))
          setShort(false)
        }}
      />
      <Button kind={primary ? 'primary' : 'plain'} size="large" type="submit">
        Join
      </Button>
    </form>
  )
}
