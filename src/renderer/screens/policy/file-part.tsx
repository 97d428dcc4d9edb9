import type { PolicyView } from '../../../model/policy/policy-view.ts'
import { FaultList } from '../../widgets/failure/fault-list.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { Age } from '../../widgets/time/times.tsx'

/** The file that the settings come from, and what is wrong with it. */
export function FilePart({ policy: { file, since, refused, strangers } }: { readonly policy: PolicyView }) {
  return (
    <section className="policy-file" aria-label="The file">
      <p>
        <code>
          <ShownText text={file} />
        </code>
        <span className="quiet">
          taken up <Age at={since} />, and looked at again whenever it is saved
        </span>
      </p>
      {refused !== null && (
        <Callout tone="failure" title="The file is wrong as it stands now: what is shown here, from before, stays in force" urgent>
          <FaultList faults={refused.faults} />
          <p className="quiet">Lines beside the values below are those of the file as it was.</p>
        </Callout>
      )}
      {strangers !== null && strangers.length > 0 && (
        <Callout tone="attention" title="The file does not fit the workflows that are here">
          <FaultList faults={strangers} />
        </Callout>
      )}
    </section>
  )
}
