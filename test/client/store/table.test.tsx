// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  atNoTable,
  tableStore,
  useMySeat,
  useReadOnly,
  useSeatName,
  useView,
  ViewsProvider,
} from '../../../client/store/table.ts'
import type { Views } from '../../../shared/frames.ts'
import { SeatId } from '../../../shared/ids.ts'

const mia = SeatId.parse('st_aaaaaaaa')
const leo = SeatId.parse('st_bbbbbbbb')
const seats: Views['role']['seats'] = {
  seats: [
    { id: mia, name: 'Mia', roles: ['gm'], heard: true },
    { id: leo, name: 'Leo', roles: ['operations'], heard: false },
  ],
}
const views = (left: number): Views => ({ role: { seats, hints: { given: [], left } }, mine: {} })

beforeEach(() => tableStore.setState({ ...atNoTable, seat: mia, status: 'live', views: views(3) }, true))
afterEach(cleanup)

function Line() {
  const left = useView('hints')?.left
  const me = useMySeat()
  const name = useSeatName()
  const readOnly = useReadOnly()
  return <p>{`${me?.name} sees ${left}${readOnly ? ', only looking' : ''}; ${name(leo)}, ${name(null)}`}</p>
}

describe('what a seat sees', () => {
  test('follows the views the server told', () => {
    render(<Line />)
    expect(screen.getByText('Mia sees 3; Leo, Game master')).toBeTruthy()
    act(() => tableStore.setState({ views: views(2) }))
    expect(screen.getByText('Mia sees 2; Leo, Game master')).toBeTruthy()
  })
  test('below a provider one looks through another seat’s eyes, without hands', () => {
    render(
      <ViewsProvider views={views(1)} seat={leo} readOnly>
        <Line />
      </ViewsProvider>,
    )
    expect(screen.getByText('Leo sees 1, only looking; Leo, Game master')).toBeTruthy()
  })
  test('a part this role knows nothing of is undefined', () => {
    tableStore.setState({ views: { role: { seats }, mine: {} } })
    render(<Line />)
    expect(screen.getByText('Mia sees undefined; Leo, Game master')).toBeTruthy()
  })
})
