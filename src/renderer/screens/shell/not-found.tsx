import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'

export function NotFoundScreen() {
  return (
    <Screen title="No such page">
      <Empty icon={Compass} title="There is no such page">
        <Link to="/" className="link">
          Go to the overview
        </Link>
      </Empty>
    </Screen>
  )
}
