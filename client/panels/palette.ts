/**
 * Series colours, one per component in the order of the scenario, told apart with every common kind of colour
 * blindness. After Okabe and Ito, "Color Universal Design" (2008), moved in lightness to keep 3:1 against the ground.
 */
const DARK = ['#56b4e9', '#e69f00', '#2fc89a', '#f0e442', '#e57fbb', '#ff7a45', '#8fa8ff', '#c9d1d9'] as const
const LIGHT = [
  '#0b6fb0',
  '#a86200',
  '#00795a',
  '#776b00',
  '#a83f78',
  '#c03d00',
  '#4a4fc4',
  '#57606a',
] as const

/** Dashes in canvas pixels: they tell series of one component apart, and the ninth component from the first. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]]

export type Ground = 'dark' | 'light'

/** How to draw one series: the component's colour, and a dash when colour alone would not do. */
export interface SeriesStyle {
  readonly colour: string
  readonly dash: readonly number[]
}

/** The colour of the component at `order` in the scenario's list; null for what belongs to no component. */
export function componentColour(order: number | null, ground: Ground): string {
  const colours = ground === 'dark' ? DARK : LIGHT
  return colours[(order ?? colours.length - 1) % colours.length] ?? colours[0]
}

/** Styles for the series of one panel, given each series' component order: same component, same colour, other dash. */
export function seriesStyles(orders: readonly (number | null)[], ground: Ground): SeriesStyle[] {
  const seen = new Map<string, number>()
  return orders.map((order) => {
    const colour = componentColour(order, ground)
    const nth = seen.get(colour) ?? 0
    seen.set(colour, nth + 1)
    return { colour, dash: DASHES[nth % DASHES.length] ?? [] }
  })
}
