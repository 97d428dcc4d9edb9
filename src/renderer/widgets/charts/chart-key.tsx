import './charts.css'

export interface Series<Name extends string> {
  readonly name: Name
  readonly word: string
  /** As CSS writes it. */
  readonly colour: string
}

/** What each colour of a chart stands for. */
export function ChartKey({ series }: { readonly series: readonly Series<string>[] }) {
  return (
    <ul className="chart-key">
      {series.map(({ name, word, colour }) => (
        <li key={name}>
          <Swatch colour={colour} />
          {word}
        </li>
      ))}
    </ul>
  )
}

export function Swatch({ colour }: { readonly colour: string }) {
  return <span className="chart-swatch" style={{ '--swatch': colour }} aria-hidden />
}
