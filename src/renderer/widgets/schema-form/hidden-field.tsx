import type { Hidden } from '../../../model/sensitive/hidden.ts'
import { Button } from '../button/button.tsx'
import { HiddenMark } from '../text/hidden-mark.tsx'
import { blankItem } from './filled.ts'
import type { Field } from './field.ts'
import { useForm } from './form-context.ts'
import type { KindProps } from './labelled.tsx'
import { pathText } from './path.ts'

/** What stands there is not known here. It stays as it is, unless another value is written. */
export function HiddenField({ field, label, path, mark }: KindProps<Field> & { readonly mark: Hidden }) {
  const { idOf, root, write } = useForm()
  return (
    <div id={idOf(path)} className="form-field" tabIndex={-1} data-path={pathText(path)}>
      <span className="label">{label}</span>
      <div className="hidden-field">
        <HiddenMark of={mark} />
        <span className="quiet">stays as it is</span>
        <Button tone="quiet" onPress={() => write(path, blankItem(field.schema, root))}>
          Write another <span className="unseen">{label}</span>
        </Button>
      </div>
    </div>
  )
}
