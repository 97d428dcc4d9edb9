import { Screen } from '../../widgets/screen/screen.tsx'

export function RunsScreen() {
  return <Screen title="Runs">{null}</Screen>
}
