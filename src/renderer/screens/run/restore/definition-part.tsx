import { useId } from 'react'
import type { DefinitionChoice } from '../../../../model/preview.ts'
import type { Present } from './use-present.ts'

interface DefinitionPartProps {
  readonly present: Present | undefined
  readonly definition: DefinitionChoice
  readonly onChoose: (definition: DefinitionChoice) => void
}

/** With which definition it goes on; nothing where the one that the moment has is the present one. */
export function DefinitionPart({ present, definition, onChoose }: DefinitionPartProps) {
  const id = useId()
  switch (present?.state) {
    case 'refused':
      return <p className="quiet">With version {present.pinned}, as it was: the present definition cannot be loaded.</p>
    case 'other':
      return (
        <p className="definition-part">
          <label htmlFor={id}>With the definition</label>
          <select id={id} value={definition} onChange={({ target }) => onChoose(target.value === 'present' ? 'present' : 'pinned')}>
            <option value="pinned">as it was: version {present.pinned}</option>
            <option value="present">as it is now: version {present.version}</option>
          </select>
        </p>
      )
    default:
      return null
  }
}
