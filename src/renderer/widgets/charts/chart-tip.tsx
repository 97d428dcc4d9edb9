import { Swatch } from './chart-key.tsx'

interface ChartTipProps {
  readonly title: string
  readonly entries: readonly { readonly word: string; readonly value: string; readonly colour: string }[]
}

/** The exact figures under the pointer. */
export function ChartTip({ title, entries }: ChartTipProps) {
  return (
    <div className="chart-tip">
      <span className="title">{title}</span>
      {entries.map(({ word, value, colour }) => (
        <span key={word} className="entry">
          <Swatch colour={colour} />
          {word}
          <b>{value}</b>
        </span>
      ))}
    </div>
  )
}
