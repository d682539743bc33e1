import { useTranslation } from 'react-i18next'
import { BigNumber } from '../../ui/BigNumber.tsx'
import { Screen } from '../../ui/Screen.tsx'

/** The number that the portal asks for, so that both know that it is this phone. */
export function CompareScreen({ number }: { number: string }) {
  const { t } = useTranslation('phone')
  return (
    <Screen title={t('compare.title')} intro={<p>{t('compare.intro')}</p>}>
      <div role="status">
        <BigNumber number={number} />
      </div>
      <p className="soft">{t('compare.no')}</p>
    </Screen>
  )
}
