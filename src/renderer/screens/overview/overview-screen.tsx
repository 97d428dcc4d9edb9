import { Screen } from '../../widgets/screen/screen.tsx'

export function OverviewScreen() {
  return <Screen title="Overview">{null}</Screen>
}
