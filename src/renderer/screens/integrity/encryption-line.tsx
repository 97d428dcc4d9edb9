import { useQuery } from '@tanstack/react-query'
import { Lock, LockOpen } from 'lucide-react'
import { useApi } from '../../state/client.ts'
import { Age } from '../../widgets/time/times.tsx'
import './encryption-line.css'

/** Whether what the store holds can be read off the disk, and with which key it is encrypted. */
export function EncryptionLine() {
  const api = useApi()
  const { data: host } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  if (host === undefined) return <p className="encryption-line quiet" aria-busy />
  const { encryption } = host
  return (
    <p className="encryption-line quiet">
      {encryption === null ? <LockOpen size={16} aria-hidden /> : <Lock size={16} aria-hidden />}
      {encryption === null ? (
        <span>
          Not encrypted: whoever can read the folder can read what runs hold. <code>npx cairn encrypt</code> encrypts it.
        </span>
      ) : (
        <span>
          Encrypted, with the key <code>{encryption.fingerprint}</code>, set <Age at={encryption.since} />. To give it another, stop the
          host and run <code>npx cairn rotate-key</code>.
        </span>
      )}
    </p>
  )
}
