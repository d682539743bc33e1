import { InsufficientAccessError, InvalidCredentialsError, StatusCodeParser } from 'ldapts'
import { expect, test } from 'vitest'
import {
  explainAnswer,
  explainConnectFailure,
  explainFailure,
} from '../../src/directory/error-meanings.ts'
import { directoryError, directorySentences } from '../../src/directory/errors.ts'

/** An answer as the library makes it of a result code and the server's text. */
function answer(status: number, errorMessage: string) {
  return StatusCodeParser.parse({ status, errorMessage } as never)
}

const refusedBind = (data: string) =>
  new InvalidCredentialsError(
    `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v4563\0`,
  )

test('keeps what a server says on one line, and short', () => {
  const forged = directoryError(
    'protocol_error',
    `first\r\n2026 audit: all is well\u2028${'x'.repeat(999)}`,
  )
  expect(forged.detail).toMatch(/^first 2026 audit: all is well x+$/)
  expect(forged.detail.length).toBeLessThanOrEqual(300)
})

test('has a sentence for every code', () => {
  for (const sentence of Object.values(directorySentences)) {
    expect(sentence).toMatch(/^[A-Z].+\.$/)
  }
})

// Win32 error codes 1326-1331, 1793, 1907 and 1909, which [MS-ERREF] 2.2 names.
test.each([
  ['525', undefined],
  ['52e', undefined],
  ['530', 'logon_hours'],
  ['531', 'workstation'],
  ['532', 'password_expired'],
  ['533', 'disabled'],
  ['701', 'account_expired'],
  ['773', 'must_change'],
  ['775', 'locked_out'],
])('reads data %s of a refused bind as %s', (data, restriction) => {
  const error = explainAnswer(refusedBind(data))
  expect(error.code).toBe('invalid_credentials')
  expect(error.restriction).toBe(restriction)
  expect(error.windowsError).toBe(Number.parseInt(data, 16))
})

test.each([
  [
    'an older Windows',
    19,
    '0000052D: AtrErr: DSID-03190F80, #1:\n\t0: 0000052D: DSID-03190F80, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)',
    'password_refused',
    0x52d,
  ],
  [
    'a newer Windows',
    53,
    '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
    'password_refused',
    0x52d,
  ],
  ['a Windows that tells more', 53, '00000269: SvcErr: DSID-031A12D2', 'password_refused', 0x269],
  ['a wrong old password', 19, '00000056: AtrErr: DSID-03191083', 'old_password_wrong', 0x56],
  ['another unwillingness', 53, '0000001F: SvcErr: DSID-031A1254', 'protocol_error', 0x1f],
  ['a missing right', 50, '00000005: SecErr: DSID-03152E29', 'insufficient_access', 5],
  ['a referral', 10, '0000202B: RefErr: DSID-0310082F', 'referral', 0x202b],
  ['a missing entry', 32, '00002030: NameErr: DSID-03152D2C', 'not_found', 0x2030],
  ['a controller that is busy', 51, '00002024: SvcErr', 'unreachable', 0x2024],
  [
    'a controller that wants TLS',
    8,
    '00002028: LdapErr: DSID-0C09027F',
    'plaintext_refused',
    0x2028,
  ],
  ['an answer nobody expects', 80, 'other', 'protocol_error', undefined],
])('understands %s', (_, status, text, code, windowsError) => {
  expect(explainAnswer(answer(status, text))).toMatchObject({ code, detail: expect.anything() })
  expect(explainAnswer(answer(status, text)).windowsError).toBe(windowsError)
})

test.each([
  ['CERT_HAS_EXPIRED', 'certificate_expired'],
  ['CERT_NOT_YET_VALID', 'certificate_expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_name_mismatch'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate_untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate_untrusted'],
  ['ECONNREFUSED', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'protocol_error'],
])('tells %s while connecting as %s', (code, expected) => {
  expect(explainConnectFailure(Object.assign(new Error('x'), { code })).code).toBe(expected)
})

test('tells a broken connection from a slow one and from an answer', () => {
  expect(explainFailure(new Error('ModifyRequest: Operation timed out')).code).toBe('timeout')
  expect(explainFailure(new Error('Connection closed before message response')).code).toBe(
    'unreachable',
  )
  expect(explainFailure(new InsufficientAccessError('no')).code).toBe('insufficient_access')
  expect(explainFailure('?').code).toBe('unreachable')
})
