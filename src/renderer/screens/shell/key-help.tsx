import { useMemo } from 'react'
import { allCommands, useCommandStore } from '../../state/commands.ts'
import { chordName, Keys } from '../../widgets/button/keys.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { TourLink } from '../tour/tour-link.tsx'
import { useOverlays } from './overlays.ts'
import './key-help.css'

/** Every key that does something here, from the commands themselves. */
export function KeyHelp() {
  const open = useOverlays((overlays) => overlays.open === 'keys')
  const close = useOverlays((overlays) => overlays.close)
  const groups = useCommandStore((store) => store.groups)
  const sections = useMemo(() => {
    const bound = allCommands({ groups }).flatMap((command) =>
      command.keys === undefined ? [] : [{ ...command, keys: command.keys }],
    )
    return Map.groupBy(bound, ({ section }) => section)
  }, [groups])
  return (
    <Modal title="Keys" open={open} onClose={close} actions={<TourLink onTaken={close} />}>
      <div className="key-help">
        {[...sections].map(([section, commands]) => (
          <section key={section}>
            <h3>{section}</h3>
            <dl>
              {commands.map(({ id, title, keys }) => (
                <div key={id}>
                  <dt>{title}</dt>
                  <dd>
                    <span className="unseen">{keys.split(' ').map(chordName).join(' then ')}</span>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
