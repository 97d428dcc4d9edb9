import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import './range-choice.css'

interface RangeChoiceProps<Name extends string> {
  readonly names: readonly Name[]
  readonly label: (name: Name) => string
  readonly chosen: Name
  readonly onChoose: (name: Name) => void
}

/** Which time is looked at, one of a few that end now. */
export function RangeChoice<Name extends string>({ names, label, chosen, onChoose }: RangeChoiceProps<Name>) {
  return (
    <ToggleGroup
      className="range-choice"
      aria-label="Range of time"
      value={[chosen]}
      onValueChange={([next]) => onChoose(names.find((name) => name === next) ?? chosen)}
    >
      {names.map((name) => (
        <Toggle key={name} value={name} className="toggle">
          {label(name)}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
