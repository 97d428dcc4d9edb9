import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { Empty } from '../../widgets/feedback/empty.tsx'

export function NotFoundScreen() {
  return (
    <Empty icon={Compass} title="There is no such page">
      <Link to="/" className="link">
        Go to the overview
      </Link>
    </Empty>
  )
}
