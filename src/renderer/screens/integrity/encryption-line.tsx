import { useQuery } from '@tanstack/react-query'
import { KeyRound, Lock, LockOpen } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import type { KeySource } from '../../../contract/host.ts'
import { useApi } from '../../state/client.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { reopening } from '../../state/desktop.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Age } from '../../widgets/time/times.tsx'
import { RotateKeyDialog } from './rotate-key-dialog.tsx'
import './encryption-line.css'

/** Whether what the store holds can be read off the disk, with which key it is encrypted, and what gives it another. */
export function EncryptionLine() {
  const api = useApi()
  const { data: host } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  // The key that the person wants replaced: once the store has another, nothing is asked any more.
  const [replaced, setReplaced] = useState<string | null>(null)
  const encryption = host?.encryption ?? null
  const reopen = encryption?.source === 'keychain' ? reopening() : undefined
  const mayRotate = reopen !== undefined
  const fingerprint = encryption?.fingerprint ?? null
  const commands = useMemo(
    (): readonly Command[] =>
      mayRotate
        ? [
            {
              id: 'integrity/rotate-key',
              title: 'Give the store another key',
              section: 'Integrity',
              icon: KeyRound,
              also: 'rotate encryption keychain',
              asksHost: true,
              run: () => setReplaced(fingerprint),
            },
          ]
        : [],
    [mayRotate, fingerprint],
  )
  useCommands(commands)
  if (host === undefined) return <p className="encryption-line quiet" aria-busy />
  if (encryption === null) {
    return (
      <p className="encryption-line quiet">
        <LockOpen size={16} aria-hidden />
        <span>
          Not encrypted: whoever can read the folder can read what runs hold. <code>npx cairn encrypt</code> encrypts it.
        </span>
      </p>
    )
  }
  return (
    <div className="encryption-line quiet">
      <Lock size={16} aria-hidden />
      <p>
        Encrypted, with the key <code>{encryption.fingerprint}</code>, set <Age at={encryption.since} />. {mayRotate ? 'It is in your keychain.' : wayToAnother[encryption.source]}
      </p>
      {reopen !== undefined && (
        <Button icon={KeyRound} asksHost onPress={() => setReplaced(fingerprint)}>
          Give it another key
        </Button>
      )}
      {reopen !== undefined && replaced !== null && replaced === fingerprint && (
        <RotateKeyDialog from={replaced} reopen={reopen} onClose={() => setReplaced(null)} />
      )}
    </div>
  )
}

const wayToAnother: Readonly<Record<KeySource, ReactNode>> = {
  file: (
    <>
      To give it another, stop the host and run <code>npx cairn rotate-key</code>.
    </>
  ),
  environment: (
    <>
      It comes from <code>CAIRN_KEY</code>. To give it another, make one with <code>npx cairn make-key FILE</code>, stop the host and run{' '}
      <code>npx cairn rotate-key --to FILE</code>.
    </>
  ),
  keychain: 'It is in the keychain of this user, and the desktop gives it another.',
}
