// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { announce } from '../../../client/ui/announce.ts'
import { Field } from '../../../client/ui/Field.tsx'
import { LiveRegion } from '../../../client/ui/LiveRegion.tsx'
import { ProgressBar } from '../../../client/ui/ProgressBar.tsx'
import { Splitter } from '../../../client/ui/Splitter.tsx'
import { Status } from '../../../client/ui/Status.tsx'
import { Tabs } from '../../../client/ui/Tabs.tsx'
import { act } from '@testing-library/react'

afterEach(cleanup)

function ThreeTabs() {
  const [value, setValue] = useState<'a' | 'b' | 'c'>('a')
  const tabs = [
    { value: 'a', title: 'Alerts' },
    { value: 'b', title: 'Boards' },
    { value: 'c', title: 'Channel' },
  ] as const
  return (
    <Tabs label="Pages" tabs={tabs} value={value} onPick={setValue}>
      page {value}
    </Tabs>
  )
}

describe('tabs', () => {
  test('arrow keys, Home and End move between pages and wrap round', async () => {
    const person = userEvent.setup()
    render(<ThreeTabs />)
    await person.tab()
    expect(document.activeElement?.textContent).toBe('Alerts')
    await person.keyboard('{ArrowLeft}')
    expect(screen.getByRole('tabpanel').textContent).toBe('page c')
    await person.keyboard('{ArrowRight}{ArrowRight}')
    expect(document.activeElement?.textContent).toBe('Boards')
    await person.keyboard('{End}')
    expect(screen.getByRole('tab', { selected: true }).textContent).toBe('Channel')
    await person.keyboard('{Home}')
    expect(screen.getByRole('tab', { selected: true }).textContent).toBe('Alerts')
  })
})

describe('a column can be resized by keyboard', () => {
  test('within its limits, sixteen pixels at a time', async () => {
    const person = userEvent.setup()
    const widths: number[] = []
    render(
      <Splitter
        label="Width of alerts"
        width={250}
        min={240}
        max={400}
        side="left"
        onWidth={(w) => widths.push(w)}
      />,
    )
    await person.tab()
    await person.keyboard('{ArrowRight}{ArrowLeft}{End}')
    expect(widths).toEqual([266, 240, 400])
  })
})

describe('status', () => {
  test('is told by word and shape, not by colour alone', () => {
    const { container } = render(<Status level="bad" word="past its limit" />)
    expect(container.textContent).toBe('past its limit')
    expect(container.querySelector('svg path')).toBeTruthy()
  })

  test('a bar without a value says that it is unknown', () => {
    render(<ProgressBar value={null} label="Error budget" />)
    expect(screen.getByRole('progressbar', { name: 'Error budget' }).getAttribute('aria-valuetext')).toBe(
      'unknown',
    )
  })
})

describe('a field', () => {
  test('is tied to its label, its hint and what is wrong', () => {
    render(<Field label="Your name" hint="As others call you" error="Say a name." />)
    const input = screen.getByRole('textbox', {
      name: 'Your name',
      description: 'As others call you Say a name.',
    })
    expect(input.getAttribute('aria-invalid')).toBe('true')
  })
})

describe('the live region', () => {
  test('says the same words twice when told twice', () => {
    render(<LiveRegion />)
    const region = screen.getByRole('status')
    act(() => announce('Page: web tier'))
    const first = region.innerHTML
    act(() => announce('Page: web tier'))
    expect(region.textContent).toBe('Page: web tier')
    expect(region.innerHTML).not.toBe(first)
  })
})
