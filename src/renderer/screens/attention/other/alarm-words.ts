import type { Failure } from '../../../../model/failure.ts'

interface AlarmWords {
  readonly title: string
  /** What it means for whoever works with the store. */
  readonly meaning: string
}

const damaged: AlarmWords = {
  title: 'The store raised an alarm',
  meaning:
    'Bytes of the store are not what was written there. What fails its check is not used for any answer; runs that depend on it are put in quarantine.',
}

const goneBack: AlarmWords = {
  title: 'The store may not be what it was',
  meaning:
    'Its journal does not fit what was anchored: it was cut short, an older copy was put back, or the anchor is gone. What is there is gone on with, so that runs may do once more what they had done since.',
}

const unwritable: AlarmWords = {
  title: 'Nothing can be stored now',
  meaning:
    'No step starts and nothing that is asked for is done until the store can be written again. What steps that are under way come to is kept in memory, and stored then.',
}

/** Alarms of who holds the journal against its anchors. */
const ofAnchors: ReadonlySet<string> = new Set(['AnchorLost', 'JournalBehindAnchor', 'JournalRewritten', 'StorePutBack'])

export function alarmWords({ class: of, name }: Pick<Failure, 'class' | 'name'>): AlarmWords {
  if (of !== 'corruption') return unwritable
  return ofAnchors.has(name) ? goneBack : damaged
}
