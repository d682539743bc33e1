// GSM 03.38 (3GPP TS 23.038 §6.2.1): these count once; those of the extension table count twice.
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '^{}\\[~]|€'

const septetsInMessage = 160
/** With a single character outside GSM 03.38 all of it is sent in UCS-2. */
const unitsInMessage = 70

/** Whether a text fits into one text message, which is what is charged for. */
export function isOneMessage(text: string): boolean {
  let septets = 0
  for (const character of text) {
    if (basic.includes(character)) septets += 1
    else if (extended.includes(character)) septets += 2
    else return text.length <= unitsInMessage
  }
  return septets <= septetsInMessage
}
