import { IconButton } from './IconButton.tsx'

const NEXT = { system: 'dark', dark: 'light', light: 'system' } as const
const ICON = { system: 'contrast', dark: 'moon', light: 'sun' } as const
const WORD = { system: 'as the system has it', dark: 'dark', light: 'light' } as const

/** Goes round: as the system has it, dark, light. */
export function ThemeSwitch({
  theme,
  onTheme,
}: {
  readonly theme: keyof typeof NEXT
  readonly onTheme: (theme: keyof typeof NEXT) => void
}) {
  return (
    <IconButton
      icon={ICON[theme]}
      label={`Colours: ${WORD[theme]}. Change to ${WORD[NEXT[theme]]}`}
      onClick={() => onTheme(NEXT[theme])}
    />
  )
}
