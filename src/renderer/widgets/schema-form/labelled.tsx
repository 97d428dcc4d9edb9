import { type ReactNode, useId } from 'react'
import { CircleAlert } from 'lucide-react'
import type { Field } from './field.ts'
import { useForm } from './form-context.ts'
import { type Path, pathText } from './path.ts'

/** What the component of a field of one kind is given. */
export interface KindProps<F extends Field> {
  readonly field: F
  readonly path: Path
  readonly label: string
  readonly required: boolean
}

/** What a control has to carry, so that it is known by its label, its description and its problems. */
export interface ControlProps {
  readonly id: string
  readonly 'aria-required': boolean
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string
}

interface LabelledProps extends KindProps<Field> {
  readonly children: (control: ControlProps) => ReactNode
}

/** A control under its label, with what it is for and what is wrong with it. */
export function Labelled({ field, path, label, required, children }: LabelledProps) {
  const { idOf, problemsAt } = useForm()
  const about = useId()
  const problems = problemsAt(path)
  const control = {
    id: idOf(path),
    'aria-required': required,
    'aria-invalid': problems.length > 0,
    'aria-describedby': about,
  }
  return (
    <div className="form-field" data-path={pathText(path)}>
      <label htmlFor={control.id}>
        {label}
        <Need required={required} field={field} />
      </label>
      {children(control)}
      <About id={about} field={field} problems={problems} />
    </div>
  )
}

interface GroupProps extends KindProps<Field> {
  /** Stands at the end of the legend's line. */
  readonly actions?: ReactNode
  /** Without a frame: its parts stand on the page itself. */
  readonly plain?: boolean
  readonly children?: ReactNode
}

/** Several controls under one legend. */
export function Group({ field, path, label, required, actions, plain, children }: GroupProps) {
  const { idOf, problemsAt } = useForm()
  const about = useId()
  return (
    <fieldset id={idOf(path)} className="form-group" tabIndex={-1} data-plain={plain} aria-describedby={about} data-path={pathText(path)}>
      <legend className={plain === true ? 'unseen' : undefined}>
        {label}
        <Need required={required} field={field} />
      </legend>
      {actions !== undefined && <div className="actions">{actions}</div>}
      <About id={about} field={field} problems={problemsAt(path)} />
      {children}
    </fieldset>
  )
}

function Need({ required, field }: { readonly required: boolean; readonly field: Field }) {
  const hasDefault = 'default' in field.schema
  return <span className="need">{required ? 'required' : hasDefault ? '' : 'optional'}</span>
}

interface AboutProps {
  readonly id: string
  readonly field: Field
  readonly problems: readonly string[]
}

function About({ id, field: { description }, problems }: AboutProps) {
  return (
    <div id={id} className="about">
      {problems.map((problem) => (
        <p key={problem} className="problem">
          <CircleAlert size={13} aria-hidden />
          {problem}
        </p>
      ))}
      {description !== undefined && <p className="description">{description}</p>}
    </div>
  )
}
