import type { Json } from '../../../model/json.ts'
import { same } from '../diff/json-lines.ts'
import type { Choice, FieldOf } from './field.ts'
import { useForm } from './form-context.ts'
import { Group, type KindProps, Labelled } from './labelled.tsx'
import { readAt } from './path.ts'

/** More choices than this are folded into a list. */
const mostSpread = 3

export function ChoiceField(props: KindProps<FieldOf<'choice'>>) {
  const { field, path, required } = props
  const { value, write, idOf } = useForm()
  const given = readAt(value, path)
  const isOpen = !required && !('default' in field.schema)
  const choose = (choice: Choice | undefined): void => write(path, choice?.value)
  if (field.choices.length > mostSpread) {
    const index = field.choices.findIndex((choice) => isChosen(choice, given))
    return (
      <Labelled {...props}>
        {(control) => (
          <select {...control} value={index} onChange={(event) => choose(field.choices[Number(event.target.value)])}>
            {(isOpen || index === -1) && <option value={-1}>{isOpen ? 'Not given' : 'Choose…'}</option>}
            {field.choices.map(({ word }, at) => (
              <option key={word} value={at}>
                {word}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    )
  }
  const open = isOpen ? [undefined] : []
  return (
    <Group {...props}>
      <div className="choices">
        {[...field.choices, ...open].map((choice, index) => (
          <label key={choice?.word ?? ''}>
            <input
              type="radio"
              name={`${idOf(path)}?`}
              value={index}
              checked={choice === undefined ? given === undefined : isChosen(choice, given)}
              onChange={() => choose(choice)}
            />
            {choice?.word ?? <span className="quiet">Not given</span>}
          </label>
        ))}
      </div>
    </Group>
  )
}

function isChosen(choice: Choice, given: Json | undefined): boolean {
  return given !== undefined && same(choice.value, given)
}
