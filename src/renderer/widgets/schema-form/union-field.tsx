import { useState } from 'react'
import { filled } from './filled.ts'
import { fieldOf, type FieldOf } from './field.ts'
import { useForm } from './form-context.ts'
import { Group, type KindProps } from './labelled.tsx'
import { readAt } from './path.ts'
import { membersOf, without } from './schema.ts'
import { carriedOver, chosenOption, marksOf } from './union.ts'

/** One of several shapes: chosen by a word, then filled in. What two of them share stays when another is chosen. */
export function UnionField(props: KindProps<FieldOf<'union'>>) {
  const { field, path, required, label } = props
  const { value, root, write, idOf } = useForm()
  const given = readAt(value, path)
  // An option in which nothing is written yet is known only by having been chosen.
  const [wanted, setWanted] = useState(-1)
  const known = chosenOption(
    field.options.map(({ schema }) => schema),
    given,
    root,
  )
  const chosen = given === undefined ? wanted : known
  const option = field.options[chosen]
  const choose = (index: number): void => {
    const next = field.options[index]
    setWanted(index)
    write(path, next === undefined ? undefined : filled(next.schema, carriedOver(given, next.schema, root), root))
  }
  return (
    <Group {...props}>
      <div className="choices">
        {field.options.map(({ word }, index) => (
          <label key={index}>
            <input type="radio" name={`${idOf(path)}?`} checked={chosen === index} onChange={() => choose(index)} />
            {word}
          </label>
        ))}
        {!required && (
          <label>
            <input type="radio" name={`${idOf(path)}?`} checked={chosen === -1} onChange={() => choose(-1)} />
            <span className="quiet">Not given</span>
          </label>
        )}
      </div>
      {option !== undefined && <OptionFields {...props} label={`${label}: ${option.word.toLowerCase()}`} option={option.schema} />}
    </Group>
  )
}

interface OptionFieldsProps extends KindProps<FieldOf<'union'>> {
  readonly option: FieldOf<'union'>['schema']
}

/** The fields of the chosen option, without the constants by which it was chosen. */
function OptionFields({ path, label, option }: OptionFieldsProps) {
  const { root, Field } = useForm()
  if (fieldOf(option, root).kind === 'constant') return null
  const marks = Object.keys(marksOf(option, root))
  const rest = without(option, ['title', 'description'])
  const properties = without(membersOf(option), marks)
  const shown = marks.length === 0 ? rest : { ...rest, properties, additionalProperties: false }
  return (
    <div className="form-option">
      <Field schema={shown} path={path} label={label} required />
    </div>
  )
}
