import { useTranslation } from 'react-i18next'
import { BigNumber } from '../../ui/BigNumber.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { RepeatIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Actions } from '../../ui/Screen.tsx'
import { clockTime, useSecondsLeft } from '../../ui/time.ts'
import type { Walk } from '../state.ts'
import { Waiting } from '../Waiting.tsx'
import type { Walker } from '../walker.ts'

/** A phone needs a moment to ring; asking again at once would only change the number. */
const patienceMs = 20_000

/** The number for the phone. It is typed there: there is nothing to type here. */
export function PhoneProof(props: { walk: Walk; walker: Walker; methodId: string }) {
  const { t } = useTranslation('journey')
  const { walk, walker, methodId } = props
  const sent = walk.sentCodes[methodId]
  const secondsToWait = useSecondsLeft(walk.trouble?.until ?? null)
  const shown = sent === undefined || sent === 'asked' ? null : sent
  const left = useSecondsLeft(shown?.expiresAt ?? null)
  const outcome = walk.trouble || !shown ? null : outcomeOf(walk, left)
  const tooSoon = useSecondsLeft(shown ? shown.sentAt + patienceMs : null)
  const wait = outcome ? 0 : (tooSoon ?? 0)
  return (
    <>
      <div role="status">
        {sent === 'asked' && walk.isBusy && <p>{t('prove.phone.asking')}</p>}
        {shown && !walk.trouble && outcome === null && (
          <BigNumber
            number={shown.number ?? ''}
            label={t('prove.phone.type')}
            note={left !== null && t('prove.phone.left', { time: clockTime(left) })}
          />
        )}
      </div>
      {outcome && (
        <Notice
          tone={outcome === 'wrong' ? 'error' : 'warning'}
          title={t(`prove.phone.${outcome}`)}
        >
          <p>{t(`prove.phone.${outcome}Text`)}</p>
          {outcome === 'wrong' && walk.recovery && (
            <p>{t('prove.attemptsLeft', { count: walk.recovery.attemptsLeft })}</p>
          )}
        </Notice>
      )}
      {walk.trouble && (
        <ErrorNotice error={walk.trouble.error}>
          <Waiting seconds={secondsToWait} />
        </ErrorNotice>
      )}
      {shown && outcome === null && !walk.trouble && (
        <p className="soft">{t('prove.phone.nothing')}</p>
      )}
      <Actions>
        <Button
          variant={outcome || walk.trouble ? 'primary' : 'secondary'}
          icon={<RepeatIcon />}
          isPending={walk.isBusy}
          isDisabled={wait > 0 || Boolean(secondsToWait)}
          onPress={() => void walker.sendCode()}
        >
          {wait > 0 ? t('prove.phone.againIn', { time: clockTime(wait) }) : t('prove.phone.again')}
        </Button>
        <Button variant="quiet" onPress={walker.back}>
          {t('prove.other')}
        </Button>
      </Actions>
    </>
  )
}

/** What has come of the number; null while it can still be typed. */
function outcomeOf({ recovery }: Walk, left: number | null): 'wrong' | 'expired' | null {
  if (recovery?.phone === 'wrong') return 'wrong'
  return recovery?.phone === 'expired' || left === 0 ? 'expired' : null
}
